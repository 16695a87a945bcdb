"""Take away one term of one function at a time: a named probe must notice each, or this fails. For policies:
`test_every_row.py`."""

import psycopg
import pytest
from django.db import connection

from access import probes
from access.oracle import random_world
from access.test_oracle import differences

# (function, the term, what stands in its place, the probe that must notice). "oracle" compares a random house.
FUNCTIONS = (
    ("signed", "if until::bigint < extract(epoch from clock_timestamp()) then return null; end if;", "", "tokens"),
    ("signed", "is distinct from token", "is null", "tokens"),
    ("signed", "|| '.' || pg_backend_pid()", "|| '.' || pg_backend_pid() - 1", "tokens"),
    ("worked_out", " and u.is_active", "", "switched_off"),
    ("acting", "coalesce(left(voucher, 64) = hearth.vouched_for(who), false)", "true", "vouchers"),
    ("acting", ">= extract(epoch from clock_timestamp())", "> 0", "outlived"),
    ("vouched_for", "current_setting('hearth.identity', true)", "''", "vouchers"),
    ("vouched_for", "|| timestamptz_send(now())", "", "vouchers"),
    ("vouched_for", "|| who ||", "||", "vouchers"),
    ("is_system", "session_user in ('hearth_worker', 'hearth_owner') and", "", "the_system"),
    ("is_system", "coalesce(current_setting('hearth.identity', true), '') = ''", "true", "the_system"),
    ("parts_of", "a.starts_at <= now() and", "", "oracle"),
    ("parts_of", "(a.ends_at is null or a.ends_at > now())", "true", "oracle"),
    ("is_broad", "coalesce((hearth.acting())[2:] && hearth.broad_parts(), false)", "true", "oracle"),
    ("i_may", "coalesce(hearth.my_parts() && hearth.parts_that_may(act), false)", "true", "glass"),
    ("my_grants", "g.user_id = (select hearth.me()) and", "", "places_of_little_reach"),
    ("my_grants", " and g.ended_at is null", "", "places_of_little_reach"),
    ("my_grants", "(g.ends_at is null or g.ends_at > now())", "true", "places_of_little_reach"),
    ("my_grants", "g.part = any((select hearth.my_parts())::text[])", "false", "places_of_little_reach"),
    ("my_grants", "g.part = any((select hearth.my_parts())::text[]) and", "", "places_of_little_reach"),
    ("my_circles", "where user_id = i", "", "oracle"),
    ("my_circles", "and part = any(parts)", "", "places_of_posts"),
    ("my_circles", "part = any(parts)", "false", "places_of_posts"),
    ("my_circles", "g.reach = 'full' and", "", "oracle"),
    ("my_circles", "g.reach = 'full' and g.ended_at is null", "g.reach = 'full'", "oracle"),
    ("my_circles", "(g.ends_at is null or g.ends_at > now())", "true", "oracle"),
    ("my_circles", " and l.ended_at is null", "", "oracle"),
    ("my_circles", "l.case_circle_id = any(mine)", "true", "oracle"),
    ("my_circles", "c.made_in = pg_current_xact_id_if_assigned() and", "", "maker"),
    ("my_circles", " and c.made_by_id = i", "", "maker"),
    ("reaches", "g.reach = 'full' and", "", "oracle"),
    ("reaches", "g.user_id = i or", "", "oracle"),
    ("reaches", "and (g.user_id = i or g.part <> '' and g.part = any(parts))", "", "oracle"),
    ("reaches", "and g.part = any(parts)", "", "places_of_posts"),
    ("reaches", "g.part <> '' and g.part = any(parts)", "false", "places_of_posts"),
    ("reaches", "and g.ended_at is null", "", "oracle"),
    ("reaches", "(g.ends_at is null or g.ends_at > now())", "true", "oracle"),
    ("reaches", "select circle\n", "select circle where false\n", "oracle"),
    ("reaches", " and l.ended_at is null", "", "oracle"),
    ("reaches", "l.joined_circle_id = circle", "true", "oracle"),
    ("reaches", "c.made_in = pg_current_xact_id_if_assigned() and", "", "maker"),
    ("reaches", " and c.made_by_id = i", "", "maker"),
    ("my_excluded", "where e.user_id = i", "where false", "oracle"),
    ("my_items", "g.item_kind = kind", "true", "oracle"),
    ("my_marked", "g.reach in ('marker', 'full')", "true", "lesser_reaches"),
    ("my_marked", "and not g.circle_id = any((select hearth.my_excluded())::bigint[])", "", "lesser_reaches"),
    ("my_own_words", "g.reach = 'own_words' and", "", "lesser_reaches"),
    ("my_own_words", "and not g.circle_id = any((select hearth.my_excluded())::bigint[])", "", "lesser_reaches"),
    ("is_open", "not c.restricted", "true", "giving"),
    ("fill_restricted", "select c.restricted into", "select false into", "rows_keep_their_circle"),
    ("keep_circle", "if was is distinct from becomes then", "if false then", "rows_keep_their_circle"),
    ("keep_circle", "new.restricted := old.restricted;", "", "rows_keep_their_circle"),
    ("spread_restricted", "execute format", "return null; execute format", "restricting"),
    ("parts_in", "circle = any(hearth.my_excluded())", "false", "lesser_reaches"),
    ("parts_in", "(g.circle_id = circle or g.reach = 'full')", "true", "parts_by_link"),
    ("parts_in", " and l.ended_at is null", "", "parts_by_link"),
    ("parts_in", "then array['lead']", "then array[]::text[]", "in_the_leads_place"),
    ("parts_in", "g.circle_id = circle and (g.part,", "(g.part,", "in_the_leads_place"),
    (
        "parts_in",
        "(g.part, g.part_in_it, g.reach) = ('allegation_deputy', ",
        "(g.part_in_it, g.reach) = (",
        "in_the_leads_place",
    ),
    (
        "parts_in",
        "(g.part, g.part_in_it, g.reach) = ('allegation_deputy', 'works_on_it', 'full')",
        "(g.part, g.reach) = ('allegation_deputy', 'full')",
        "in_the_leads_place",
    ),
    (
        "parts_in",
        "(g.part, g.part_in_it, g.reach) = ('allegation_deputy', 'works_on_it', 'full')",
        "(g.part, g.part_in_it) = ('allegation_deputy', 'works_on_it')",
        "in_the_leads_place",
    ),
    ("parts_in", "and not hearth.is_open(circle)", "", "in_the_leads_place"),
    ("parts_in", "(g.user_id = i or g.part <> '' and g.part = any(parts))", "true", "places_of_little_reach"),
    ("parts_in", "g.user_id = i or g.part <> '' and", "g.user_id = i or false and", "places_of_little_reach"),
    ("parts_in", "and g.ended_at is null", "", "places_of_little_reach"),
    ("parts_in", "(g.ends_at is null or g.ends_at > now())", "true", "places_of_little_reach"),
    ("require_identity", "i is null and not hearth.is_system()", "false", "the_system"),
    ("in_reach", "and not circle = any(hearth.my_excluded())", "", "giving"),
    ("require_voice", "not hearth.speaks_for(circle)", "false", "giving"),
    ("speaks_for", "if not coalesce(hearth.in_reach(circle), false) then return false; end if;", "", "giving"),
    ("speaks_for", "and g.ends_at is null", "", "giving"),
    ("speaks_for", "and g.part_in_it not in ('broke_glass', 'invited')", "", "giving"),
    ("speaks_for", " and g.reach = 'full'", "", "borrowed_by_link"),
    ("speaks_for", "and (g.user_id = i or g.part <> '' and g.part = any(parts))", "", "borrowed_by_link"),
    ("speaks_for", "g.ended_at is null and", "", "borrowed_by_link"),
    ("speaks_for", "c.made_in = pg_current_xact_id_if_assigned()", "false", "maker"),
    (
        "end_grant",
        "(hearth.speaks_for(g.circle_id) or g.user_id = hearth.me() and hearth.in_reach(g.circle_id))",
        "true",
        "giving",
    ),
    ("link_circles", "perform hearth.require_voice(case_circle), hearth.require_voice(joined);", "", "linking"),
    ("link_circles", ", hearth.require_voice(joined)", "", "linking"),
    ("link_circles", "not hearth.is_open(joined) and", "false and", "linking"),
    ("unlink_circles", " and hearth.speaks_for(case_circle)", "", "linking"),
    ("restrict_circle", ", hearth.require_voice(circle)", "", "restricting"),
    ("restrict_circle", "set restricted = true", "set restricted = restricted", "restricting"),
    (
        "restrict_circle",
        "update public.access_circlelink l set ended_at = now()",
        "update public.access_circlelink l set ended_at = null",
        "restricting",
    ),
    (
        "restrict_circle",
        "update public.access_grant g set ended_at = now()",
        "update public.access_grant g set ended_at = null",
        "restricting",
    ),
    ("circle_called", "(asked_kind = '' or p.kind = asked_kind)", "true", "glass"),
    ("break_glass", " or not hearth.i_may('break glass')", "", "glass"),
    ("break_glass", "coalesce(why !~ '\\S', true)", "false", "glass"),
    (
        "break_glass",
        "coalesce(until > now() + interval '4 hours', true)",
        "until > now() + interval '4 hours'",
        "glass",
    ),
    ("break_glass", "coalesce(until > now() + interval '4 hours', true)", "until is null", "glass"),
    ("break_glass", "not hearth.is_open(circle) or", "", "glass"),
    ("break_glass", " or circle = any(hearth.my_excluded())", "", "glass"),
    ("note_refusal", "coalesce(not hearth.is_open(circle), false)", "false", "refusals"),
    ("note_refusal", "coalesce(circle = any(hearth.my_excluded()), false)", "false", "refusals"),
    ("note_refusal", "circle := hearth.circle_called('', asked);", "", "refusals"),
    ("keep_organisation", "not hearth.keeps_users()", "false", "posts"),
    ("keeps_users", "hearth.i_may('keep users')", "true", "posts"),
    ("keep_appointment", "new.user_id = i then", "false then", "two_people"),
    ("keep_appointment", "not hearth.keeps_users()", "false", "two_people"),
    ("keep_appointment", "hearth.post_opens_records(new.post_id) and hearth.had_a_lead()", "false", "two_people"),
    ("keep_appointment", "p.user_id = new.user_id and", "", "two_people"),
    ("keep_proposal", "new.user_id = i", "false", "two_people"),
    ("keep_proposal", "not hearth.keeps_users()", "false", "two_people"),
    ("keep_proposal", "not hearth.i_may('agree appointment') or", "", "two_people"),
    ("keep_proposal", "or (new.agreed and old.asked_by_id = i)", "", "two_people"),
    ("keep_proposal", "old.agreed is not null or", "", "two_people"),
    ("keep_user", "not hearth.keeps_users()", "false", "two_people"),
    ("worked_out", "(u.until is null or u.until > now())", "true", "two_people"),
    ("keep_parts", "part = any(hearth.opening_parts())", "false", "two_people"),
    ("keep_user", "hearth.post_opens_records(a.post_id)", "false", "two_people"),
    ("keep_parts", "if exists", "if false and exists", "posts"),
)


def function_mutants(superuser):
    """Every term of every function in the list, replaced in turn."""
    for name, term, instead, probe in FUNCTIONS:
        was = superuser.execute("select pg_get_functiondef(%s::regproc)", (f"hearth.{name}",)).fetchone()[0]
        assert term in was, f"{name} no longer says {term!r}"
        yield f"{name} without {term[:60]!r}", was.replace(term, instead), was, probe


@pytest.fixture
def superuser(owner, postgres):
    with psycopg.connect(postgres.url(connection.settings_dict["NAME"], "postgres"), autocommit=True) as superuser:
        yield superuser


def test_every_mutant_is_killed(people, owner, superuser):
    world = random_world(superuser, 6, people=10, circles=24)

    def oracle(people, owner):
        assert differences(world)[1] == []

    stories = {name: getattr(probes, name) for name in {probe for *_, probe in FUNCTIONS} - {"oracle"}}
    stories |= {"oracle": oracle, "exclusions": probes.exclusions}
    for name, story in stories.items():
        story(people, owner)
        print("holds:", name)
    alive = []
    for title, mutant, real, probe in function_mutants(superuser):
        superuser.execute(mutant)
        try:
            stories[probe](people, owner)
        except (Exception, pytest.fail.Exception):
            print(f"killed by {probe}: {title}")
        else:
            alive.append(f"{probe} does not notice {title}")
        finally:
            superuser.execute(real)
    assert not alive, "\n".join(alive)
    for story in stories.values():
        story(people, owner)
