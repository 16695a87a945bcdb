"""The first day, and appointments that bite at once, with real commits."""

from datetime import timedelta

import psycopg
from django.db import connection, transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.queries import viewer
from hearth.organisation.models import Appointment, Post, User
from hearth.organisation.terms import UserKind
from hearth.pathway.administering import appointing, users
from on_duty import as_jobs_process


def somebody_new(admin, name):
    at = now()
    return users.let_in(
        email=f"{name}@homes.example",
        name=name.title(),
        kind=UserKind.EMPLOYEE,
        employer="",
        until=None,
        by=admin,
        at=at,
    )


def put(admin, user, post):
    return appointing.appoint(
        user, Post.objects.get(key=post), starts_at=now(), ends_at=None, is_cover=False, by=admin, at=now()
    )


def my_parts(somebody):
    with acting_as(somebody), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select hearth.my_parts()")
        return set(cursor.fetchone()[0])


def test_the_first_lead_needs_nobody_and_the_next_reader_needs_her(own_database, own_cast):
    with psycopg.connect(own_database, user="hearth_owner", autocommit=True) as owner:
        owner.execute(
            "delete from organisation_appointment a using organisation_post p"
            " where p.id = a.post_id and p.parts && array['lead', 'deputy']::varchar[]"
        )
    admin = own_cast.administrator
    with acting_as(admin), transaction.atomic():
        lead, officer = somebody_new(admin, "first lead"), somebody_new(admin, "officer")
        made = put(admin, lead, "lead")
        assert isinstance(made, Appointment), "there is nobody to agree, and nothing to read"
        assert appointing.waits(put(admin, officer, "triage")), "now there is"
    with acting_as(admin), transaction.atomic():
        appointing.end(made.public_id, why="She left", by=admin, at=now())
    with acting_as(admin), transaction.atomic():
        assert appointing.waits(put(admin, somebody_new(admin, "second lead"), "lead")), "it is the first day only once"


def test_what_somebody_may_do_follows_from_the_post_held_at_this_moment(own_cast):
    admin, lead = own_cast.administrator, own_cast.lead
    with acting_as(admin), transaction.atomic():
        halina = somebody_new(admin, "halina")
        asked = put(admin, halina, "triage")
    assert my_parts(as_viewer(halina)) == set()
    with acting_as(lead), transaction.atomic():
        appointing.answer(asked.public_id, agreed=True, why="", by=lead, at=now())
    assert my_parts(as_viewer(halina)) == {"triage", "register_reader"}
    with acting_as(admin), transaction.atomic():
        held = Appointment.objects.get(user=halina)
        appointing.end(held.public_id, why="Moved on", by=admin, at=now())
    assert my_parts(as_viewer(halina)) == set()


def test_whoever_is_here_for_a_time_is_switched_off_by_the_jobs_process_when_it_is_over(own_cast):
    admin = own_cast.administrator
    with acting_as(admin), transaction.atomic():
        User.objects.filter(pk=own_cast.outsider.id).update(until=now() + timedelta(hours=1))
    with as_jobs_process(), transaction.atomic():
        assert users.switch_off_whose_time_is_over(at=now()) == 0
        assert users.switch_off_whose_time_is_over(at=now() + timedelta(hours=2)) == 1
    with acting_as(admin), transaction.atomic():
        outsider = User.objects.get(pk=number_of("outsider"))
        assert (outsider.is_active, outsider.times_switched_off) == (False, 1)


def as_viewer(user):
    return viewer(User.objects.get(pk=user.pk))


def number_of(name):
    return User.objects.values_list("pk", flat=True).get(email=f"{name}@ashgrove.example")
