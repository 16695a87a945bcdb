"""A refused attempt is kept although the request rolled back; whoever was refused learns nothing."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from access.worlds import AT, ask, circle_of, nothing, run, seen_by, shut_out
from hearth.access import operations
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.access.terms import Act, Refused


def look_for(somebody, address):
    """What a page does: one transaction that is rolled back on refusal, then the attempt in its own."""
    with CaptureQueriesContext(connection) as asked, acting_as(somebody):
        with pytest.raises(Refused), transaction.atomic():
            run("update organisation_user set last_login = now() where id = %s", somebody.id)
            if ask("select 1 from trial_note where public_id = %s", address) is None:
                raise Refused(Act.READ_CONCERN, somebody.parts)
        with transaction.atomic():
            operations.note_refusal(act=Act.READ_CONCERN.value, page="concern", asked_for=str(address), at=AT)
    return len(asked)


def test_a_relative_s_refused_attempt_survives_the_rollback_and_tells_him_nothing(people, owner):
    lead, relative = people.lead, people.relative_in_triage
    circle, address = circle_of(lead)
    assert circle in seen_by(relative), "his post would read it"
    shut_out(owner, circle, relative)
    assert look_for(relative, address) == look_for(relative, nothing()), "as many queries for shut as for missing"
    with acting_as(relative), transaction.atomic():
        assert not Refusal.objects.exists()
    with acting_as(lead), transaction.atomic():
        kept = Refusal.objects.get(circle_id=circle)
        assert (kept.user_id, kept.was_excluded, kept.asked_for) == (relative.id, True, str(address))
        assert Refusal.objects.filter(circle_id=None, user_id=relative.id, was_excluded=False).count() == 1
        assert ask("select last_login from organisation_user where id = %s", relative.id) is None, (
            "the rest rolled back"
        )


def test_breaking_glass_is_for_a_while_and_refuses_alike(people, owner):
    lead, worker, relative = people.lead, people.worker, people.relative_in_triage
    circle, address = circle_of(lead)
    _restricted, restricted_address = circle_of(lead, restricted=True)
    shut_out(owner, circle, relative)

    def open_it(by, address, lasts=timedelta(hours=1)):
        with CaptureQueriesContext(connection) as asked, acting_as(by), transaction.atomic():
            opened = operations.break_glass("trial", str(address), why="Nobody answers", by=by, at=now(), lasts=lasts)
        return opened, len(asked)

    answers = {open_it(relative, there) for there in (address, restricted_address, nothing(), "no address at all")}
    assert len(answers) == 1
    assert answers.pop()[0] is None
    assert circle not in seen_by(relative)

    assert open_it(worker, address)[0] == circle
    assert seen_by(worker) == {circle}
    owner.execute("set role hearth_definer")
    ended = "update access_grant set given_at = now() - interval '2 h', ends_at = now() where user_id = %s"
    owner.execute(ended, (worker.id,))
    owner.execute("reset role")
    assert seen_by(worker) == set(), "it ends at its time"
