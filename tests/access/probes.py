"""Short stories about access, each broken by some mutant. Every probe makes circles of its own."""

import secrets
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from access.worlds import AT, ask, circle_of, give, refused, run, seen_by, shut_out
from hearth.access import identity, operations
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.terms import CircleKind, Part, Reach

SOON = timedelta(hours=1)
OPEN_IN_AN_EMERGENCY = "select hearth.break_glass('trial', %s, %s, %s, %s)"


def tokens(people, owner):
    lead, worker = people.lead, people.worker
    with transaction.atomic():
        pid = connection.connection.info.backend_pid
        good = identity.token(worker.id, pid)
        user, expiry, signed = good.split(".")
        for forged in (
            f"{lead.id}.{expiry}.{signed}",
            f"{user}.{expiry}.{'0' * 64}",
            identity.token(lead.id, pid, life=-5),
            identity.token(lead.id, pid + 1),
            f"{good}.x",
        ):
            run("select set_config('hearth.identity', %s, true)", forged)
            assert ask("select hearth.me()") is None
        run("select set_config('hearth.identity', %s, true)", good)
        assert ask("select hearth.me()") == worker.id


def switched_off(people, owner):
    worker = people.worker
    with acting_as(people.administrator), transaction.atomic():
        run("update organisation_user set is_active = false where id = %s", worker.id)
        with acting_as(worker):
            assert ask("select hearth.me()") is None
        transaction.set_rollback(True)


def vouchers(people, owner):
    """What was worked out for somebody is believed of him alone, in one transaction, while it is true."""
    lead, worker, administrator = people.lead, people.worker, people.administrator
    with acting_as(worker), transaction.atomic():
        seal = ask("select current_setting('hearth.voucher')")[:64]
        with acting_as(lead):
            of_the_lead = ask("select current_setting('hearth.voucher')")
            assert f" {lead.id}," in of_the_lead
        for forged in (
            of_the_lead,
            f"{seal} {lead.id},lead",
            f"{seal} {worker.id},lead",
            f"{'0' * 64} {worker.id},lead",
        ):
            run("select set_config('hearth.voucher', %s, true)", forged)
            assert (ask("select hearth.me()"), ask("select hearth.is_broad()")) == (worker.id, False)
    with acting_as(worker), transaction.atomic():
        of_before = [ask("select current_setting(%s)", f"hearth.{what}") for what in ("identity", "voucher")]
    with acting_as(administrator), transaction.atomic():
        run("update organisation_user set is_active = false where id = %s", worker.id)
        for what, was in zip(("identity", "voucher"), of_before, strict=True):
            run("select set_config(%s, %s, true)", f"hearth.{what}", was)
        assert ask("select hearth.me()") is None, "of an earlier transaction"
        transaction.set_rollback(True)


def outlived(people, owner):
    with transaction.atomic():
        token = identity.token(people.worker.id, connection.connection.info.backend_pid, life=2)  # a second at least
        run("select set_config('hearth.identity', %s, true)", token)
        run("select set_config('hearth.voucher', hearth.voucher(), true)")
        assert ask("select hearth.me()") == people.worker.id
        run("select pg_sleep(2.1)")
        assert ask("select hearth.me()") is None


def the_system(people, owner):
    with pytest.raises(Exception, match="nobody is signed in"), transaction.atomic():
        run("select hearth.make_circle('case', false, now())")
    with psycopg.connect(owner.info.dsn.replace("hearth_owner", "hearth_worker")) as jobs:
        jobs.execute("select hearth.make_circle('case', false, now())")
        jobs.execute("set local hearth.identity = '1.1.dead'")
        with pytest.raises(Exception, match="nobody is signed in"):
            jobs.execute("select hearth.make_circle('case', false, now())")


def maker(people, owner):
    worker, outsider = people.worker, people.outsider
    with acting_as(worker), transaction.atomic():
        circle = operations.make_circle(CircleKind.CASE, by=worker, at=AT)
        assert run("insert into trial_note (circle_id, words) values (%s, 'x')", circle) == 1
        assert ask("select hearth.speaks_for(%s)", circle)
        assert ask("select hearth.reaches(%s)", circle)
        with acting_as(outsider):
            assert ask("select count(*) from trial_note where circle_id = %s", circle) == 0
            assert not ask("select hearth.speaks_for(%s) or hearth.reaches(%s)", circle, circle)
    assert circle not in seen_by(worker)
    with acting_as(worker), transaction.atomic():
        assert not ask("select hearth.speaks_for(%s) or hearth.reaches(%s)", circle, circle)


def lesser_reaches(people, owner):
    lead, worker = people.lead, people.worker
    circle, _ = circle_of(lead)
    give(circle, worker, lead, reach=Reach.MARKER)
    with acting_as(worker), transaction.atomic():
        assert circle in ask("select hearth.my_marked()")
    other, _ = circle_of(lead)
    give(other, worker, lead, reach=Reach.OWN_WORDS)
    with acting_as(worker), transaction.atomic():
        assert other not in ask("select hearth.my_marked()")
        assert other in ask("select hearth.my_own_words()")
        assert circle not in ask("select hearth.my_own_words()")
    shut_out(owner, circle, worker)
    shut_out(owner, other, worker)
    with acting_as(worker), transaction.atomic():
        assert circle not in ask("select hearth.my_marked()")
        assert other not in ask("select hearth.my_own_words()")
        assert ask("select hearth.parts_in(%s)", other) == []


def places_of_little_reach(people, owner):
    lead, worker, deputy = people.lead, people.worker, people.deputy
    circle, _ = circle_of(lead)
    marked, parts = "select hearth.my_marked()", "select hearth.parts_in(%s)"
    place = give(circle, worker, lead, reach=Reach.MARKER)
    give(circle, Part.DEPUTY, lead, reach=Reach.MARKER, part_in_it=Part.INVITED)
    give(circle, people.reporter, lead, reach=Reach.MARKER, part_in_it=Part.REPORTED_IT, until=AT + SOON)
    for somebody, there in ((worker, ["works_on_it"]), (deputy, ["invited"]), (people.reporter, [])):
        with acting_as(somebody), transaction.atomic():
            assert ask(parts, circle) == there
            assert (circle in ask(marked)) is bool(there)
    with acting_as(lead), transaction.atomic():
        operations.end_grant(place, by=lead, at=now())
    with acting_as(worker), transaction.atomic():
        assert (ask(parts, circle), circle in ask(marked)) == ([], False)


def parts_by_link(people, owner):
    lead, worker = people.lead, people.worker
    case, concern = circle_of(lead)[0], circle_of(lead)[0]
    with acting_as(lead), transaction.atomic():
        operations.link_circles(case_circle=case, joined=concern, by=lead, at=AT)
    give(case, worker, lead, reach=Reach.MARKER, part_in_it=Part.OWNS_IT)
    parts = "select hearth.parts_in(%s)"
    with acting_as(worker), transaction.atomic():
        assert (ask(parts, case), ask(parts, concern)) == (["owns_it"], [])
    give(case, worker, lead)
    with acting_as(worker), transaction.atomic():
        assert ask(parts, concern) == ["works_on_it"]
    with acting_as(lead), transaction.atomic():
        operations.unlink_circles(case_circle=case, joined=concern, by=lead, at=now())
    with acting_as(worker), transaction.atomic():
        assert ask(parts, concern) == []


def in_the_leads_place(people, owner):
    """The post for what is about the lead is the lead of a shut record that it holds, and of no other."""
    lead, director, auditor = people.lead, people.director, people.auditor
    parts, post = "select hearth.parts_in(%s)", Part.ALLEGATION_DEPUTY

    def held(to=post, *, shut=True, **place):
        circle, _ = circle_of(lead)
        give(circle, lead, lead)
        give(circle, to, lead, **place)
        if shut:
            with acting_as(lead), transaction.atomic():
                operations.restrict(circle, by=lead)
        return circle

    def plays(somebody, circle):
        with acting_as(somebody), transaction.atomic():
            return sorted(ask(parts, circle))

    his = held()
    assert plays(director, his) == ["lead", "works_on_it"]
    assert plays(auditor, his) == []
    assert plays(director, held(shut=False)) == ["works_on_it"]
    assert plays(director, held(part_in_it=Part.INVITED)) == ["invited"]
    assert plays(director, held(reach=Reach.MARKER)) == ["works_on_it"]
    assert plays(director, held(director)) == ["works_on_it"]
    assert plays(auditor, held(Part.AUDITOR)) == ["works_on_it"]
    joined = held(people.deputy)
    with acting_as(lead), transaction.atomic():
        operations.link_circles(case_circle=his, joined=joined, by=lead, at=AT)
    assert plays(director, joined) == ["works_on_it"], "a concern that lies in it through a link is not his to lead"


def rows_keep_their_circle(people, owner):
    lead, triage = people.lead, people.triage_officer
    circle, other = circle_of(lead)[0], circle_of(lead)[0]
    refused(lead, "update trial_note set circle_id = %s where circle_id = %s", other, circle, because="for ever")
    with acting_as(lead), transaction.atomic():
        mine = operations.make_circle(CircleKind.ALLEGATION, by=lead, at=AT, restricted=True)
        operations.give(mine, to=lead.id, part_in_it=Part.OWNS_IT, by=lead, at=AT)
    with acting_as(lead), transaction.atomic():
        assert run("insert into trial_note (circle_id, restricted, words) values (%s, false, 'x')", mine) == 1
        run("update trial_note set restricted = false where circle_id = %s", mine)
    assert mine in seen_by(lead)
    assert mine not in seen_by(triage)


def restricting(people, owner):
    lead, worker, triage = people.lead, people.worker, people.triage_officer
    case, (concern, address) = circle_of(lead)[0], circle_of(lead)
    give(case, worker, lead)
    with acting_as(lead), transaction.atomic():
        operations.link_circles(case_circle=case, joined=concern, by=lead, at=AT)
    with acting_as(people.manager), transaction.atomic():
        assert ask(OPEN_IN_AN_EMERGENCY, str(address), "why", now(), now() + SOON) == concern
    assert all(concern in seen_by(somebody) for somebody in (worker, triage, people.manager))
    refused(people.outsider, "select hearth.restrict_circle(%s)", concern)
    with acting_as(lead), transaction.atomic():
        operations.restrict(concern, by=lead)
    assert not any(concern in seen_by(somebody) for somebody in (worker, triage, people.manager))


def giving(people, owner):
    lead, worker, outsider, deputy = people.lead, people.worker, people.outsider, people.deputy
    circle, restricted = circle_of(lead)[0], circle_of(lead, restricted=True)[0]
    to_himself = "select hearth.give(%s, %s, '', 'full', 'owns_it', '', null, '', now(), null)"
    refused(outsider, to_himself, circle, outsider.id)
    refused(deputy, to_himself, restricted, deputy.id)
    give(circle, worker, lead, until=now() + SOON)
    refused(worker, to_himself, circle, worker.id)
    for part in (Part.INVITED, Part.BROKE_GLASS):
        another, _ = circle_of(lead)
        give(another, worker, lead, part_in_it=part)
        refused(worker, to_himself, another, worker.id)
    marked, _ = circle_of(lead)
    give(marked, worker, lead, reach=Reach.MARKER)
    refused(worker, to_himself, marked, worker.id)
    grant = give(circle, deputy, lead)
    refused(outsider, "select hearth.end_grant(%s, now())", grant, because="no such grant")
    refused(worker, "select hearth.end_grant(%s, now())", grant, because="no such grant")
    shut, _ = circle_of(lead)
    shut_out(owner, shut, lead)
    refused(lead, to_himself, shut, lead.id)
    with acting_as(lead), transaction.atomic():
        assert not ask("select hearth.in_reach(%s)", shut)


def places_of_posts(people, owner):
    lead, deputy = people.lead, people.deputy
    with acting_as(lead), transaction.atomic():
        circle = operations.make_circle(CircleKind.ALLEGATION, by=lead, at=AT, restricted=True)
        run("insert into trial_note (circle_id, words) values (%s, 'x')", circle)
        how = {"part_in_it": Part.OWNS_IT, "by": lead, "at": AT}
        grant = operations.give(circle, to=Part.LEAD, **how)
        operations.give(circle, to=Part.DEPUTY, reach=Reach.MARKER, **how)
    assert circle in seen_by(lead)
    assert circle not in seen_by(deputy)
    for somebody, his in ((lead, True), (deputy, False)):
        with acting_as(somebody), transaction.atomic():
            assert ask("select %s = any(hearth.my_circles())", circle) is his
    with acting_as(lead), transaction.atomic():
        operations.end_grant(grant, by=lead, at=now())
    assert circle not in seen_by(lead)


def borrowed_by_link(people, owner):
    """Neither a marker, nor a place that ended, nor a colleague's place is a voice in what one reaches by a case."""
    lead, worker = people.lead, people.worker
    case, concern = circle_of(lead)[0], circle_of(lead)[0]
    with acting_as(lead), transaction.atomic():
        operations.link_circles(case_circle=case, joined=concern, by=lead, at=AT)
    give(case, worker, lead)
    give(concern, worker, lead, reach=Reach.MARKER)
    give(concern, people.deputy, lead)
    ended = give(concern, worker, lead)
    with acting_as(lead), transaction.atomic():
        operations.end_grant(ended, by=lead, at=now())
    assert concern in seen_by(worker)
    to_himself = "select hearth.give(%s, %s, '', 'full', 'owns_it', '', null, '', now(), null)"
    refused(worker, to_himself, concern, worker.id)


def linking(people, owner):
    lead, worker, deputy = people.lead, people.worker, people.deputy
    case, concern, restricted = circle_of(lead)[0], circle_of(lead)[0], circle_of(lead, restricted=True)[0]
    give(case, worker, lead)
    link = "select hearth.link_circles(%s, %s, now())"
    refused(worker, link, case, concern)
    refused(worker, link, concern, case)
    with acting_as(lead), transaction.atomic():
        secret = operations.make_circle(CircleKind.CONCERN, by=lead, at=AT, restricted=True)
        operations.give(secret, to=lead.id, part_in_it=Part.OWNS_IT, by=lead, at=AT)
    refused(lead, link, case, secret, because="cannot be joined")
    with acting_as(lead), transaction.atomic():
        run(link, case, concern)
    refused(people.outsider, "select hearth.unlink_circles(%s, %s, now())", case, concern, because="no such link")
    assert concern in seen_by(worker)
    assert restricted not in seen_by(deputy)


def glass(people, owner):
    lead, worker = people.lead, people.worker
    circle, address = circle_of(lead)
    refused(people.outsider, OPEN_IN_AN_EMERGENCY, str(address), "why", now(), now() + SOON, because="no post")
    refused(worker, OPEN_IN_AN_EMERGENCY, str(address), " \n", now(), now() + SOON, because="reason")
    refused(worker, OPEN_IN_AN_EMERGENCY, str(address), "why", now(), now() + 9 * SOON, because="short")
    refused(worker, OPEN_IN_AN_EMERGENCY, str(address), "why", now(), None, because="short")
    _hidden, hidden_address = circle_of(lead, restricted=True)
    shut, shut_address = circle_of(lead)
    shut_out(owner, shut, worker)
    with acting_as(worker), transaction.atomic():
        for there in (hidden_address, shut_address):
            assert ask(OPEN_IN_AN_EMERGENCY, str(there), "why", now(), now() + SOON) is None
        assert ask("select hearth.break_glass('other', %s, 'why', now(), %s)", str(address), now() + SOON) is None
        assert ask(OPEN_IN_AN_EMERGENCY, str(address), "why", now(), now() + SOON) == circle


def refusals(people, owner):
    lead, deputy, auditor, worker = people.lead, people.deputy, people.auditor, people.worker
    circle, address = circle_of(lead)
    _hidden, hidden_address = circle_of(lead, restricted=True)
    shut_out(owner, circle, worker)
    shut_out(owner, circle, deputy)
    with acting_as(worker), transaction.atomic():
        for asked in (address, hidden_address, "no such thing"):
            operations.note_refusal(act="read", page="trial", asked_for=str(asked), at=AT)
        assert ask("select count(*) from access_refusal") == 0
    seen = "select array_agg(circle_id order by circle_id) from access_refusal where asked_for in (%s, %s)"
    both = (str(address), str(hidden_address))
    with acting_as(lead), transaction.atomic():
        assert ask(seen, *both) == [circle]
        assert ask("select was_excluded from access_refusal where circle_id = %s", circle) is True
    with acting_as(auditor), transaction.atomic():
        assert ask(seen, *both) == [circle]
    with acting_as(deputy), transaction.atomic():
        assert ask(seen, *both) is None
    with acting_as(people.triage_officer), transaction.atomic():
        assert ask(seen, *both) is None
    for member in (lead, auditor):
        with acting_as(member), transaction.atomic():
            known = operations.make_circle(CircleKind.CASE, by=member, at=AT, restricted=True)
            insert = "insert into trial_note (circle_id, words) values (%s, 'x') returning public_id"
            known_address = ask(insert, known)
            operations.give(known, to=member.id, part_in_it=Part.OWNS_IT, by=member, at=AT)
        with acting_as(worker), transaction.atomic():
            operations.note_refusal(act="read", page="trial", asked_for=str(known_address), at=AT)
        with acting_as(member), transaction.atomic():
            assert ask("select count(*) from access_refusal where circle_id = %s", known) == 1
    auditors, their_address = circle_of(lead)
    with acting_as(worker), transaction.atomic():
        operations.note_refusal(act="read", page="trial", asked_for=str(their_address), at=AT)
    shut_out(owner, auditors, auditor)
    with acting_as(auditor), transaction.atomic():
        assert ask("select count(*) from access_refusal where circle_id = %s", auditors) == 0


def exclusions(people, owner):
    lead, worker, triage, relative = people.lead, people.worker, people.triage_officer, people.relative
    person = 1_000 + secrets.randbelow(10**12)
    insert = """insert into access_exclusion (user_id, person_id, why, declared_by_id, starts_at)
        values (%s, %s, 'x', %s, now())"""
    seen = "select count(*) from access_exclusion where person_id = %s"
    refused(worker, insert, relative.id, person, worker.id, because="row-level security")
    refused(worker, insert, worker.id, person, lead.id, because="row-level security")
    refused(triage, insert, relative.id, person, triage.id, because="row-level security")
    refused(lead, insert, relative.id, person, worker.id, because="row-level security")
    with acting_as(lead), transaction.atomic():
        run(insert, relative.id, person, lead.id)
        run(insert, people.relative_in_triage.id, person, lead.id)
        run(insert, people.deputy.id, person, lead.id)
        assert ask(seen, person) == 3
    for somebody in (relative, people.relative_in_triage, triage, worker, people.deputy):
        with acting_as(somebody), transaction.atomic():
            assert ask(seen, person) == 0
    with acting_as(worker), transaction.atomic():
        assert run(insert, worker.id, person, worker.id) == 1
        assert ask(seen, person) == 1
        transaction.set_rollback(True)
    end = "update access_exclusion set ends_at = now() where person_id = %s"
    with acting_as(triage), transaction.atomic():
        assert run(end, person) == 0
        assert run("update access_exclusion set ends_at = now()") == 0
    with acting_as(lead), transaction.atomic():
        run(insert, lead.id, person + 500, lead.id)
        assert run(end, person + 500) == 0
        transaction.set_rollback(True)


def posts(people, owner):
    from access import test_becoming

    worker, administrator = people.worker, people.administrator
    lead_post = ask("select id from organisation_post where key = 'lead'")
    appoint = "insert into organisation_appointment (user_id, post_id, is_cover, starts_at) values (%s, %s, false, %s)"
    refused(worker, appoint, people.outsider.id, lead_post, AT, because="kept by an administrator")
    refused(administrator, appoint, administrator.id, lead_post, AT, because="nobody appoints himself")
    change = "update organisation_post set parts = parts || '{lead}' where key = 'administrator'"
    refused(administrator, change, because="his own post")
    post = "insert into organisation_post (key, title, parts) values ('mine', 'Mine', '{}')"
    refused(worker, post, because="kept by an administrator")
    test_becoming.test_nobody_switches_users_or_unties_himself_from_his_own_record(people)
    with acting_as(administrator), transaction.atomic():
        run("update organisation_user set person_id = null")


def two_people(people, owner):
    """The stories of who lets whom in, told again and again: each time nothing of them stays."""
    from access import test_becoming

    for story in (
        test_becoming.test_nobody_raises_himself_through_the_posts,
        test_becoming.test_nobody_keeps_himself_on_and_who_reads_keeps_the_address_that_lets_him_in,
        test_becoming.test_a_post_somebody_holds_never_grows_into_one_that_reads,
        test_becoming.test_somebody_whose_time_is_over_is_nobody_at_once,
    ):
        with transaction.atomic():
            story(people)
            transaction.set_rollback(True)
