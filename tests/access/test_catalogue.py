"""Every table is covered and every right was meant: read from PostgreSQL's own catalogue."""

import pytest
from django.db import connection

from access.catalogue import findings
from access.worlds import ask
from hearth.access.rules import BROAD, LEADS, OPENING, WHO_MAY
from hearth.access.terms import Act
from hearth.organisation.terms import PARTS_IN_A_RECORD


def test_the_catalogue_of_a_fresh_house_has_no_finding(own_database, owner_of):
    with owner_of(connection.settings_dict["NAME"]) as owner:
        assert not findings(owner), "\n" + "\n".join(findings(owner))


PLANTED = {
    "create table forgotten (id bigint, circle_id bigint)": "forgotten: nobody said who may know its rows",
    "create table forgotten_too (id bigint, case_circle_id bigint)": "carries a circle without row security",
    "alter table trial_note no force row level security": "trial_note: row security is not enabled and forced",
    "alter table trial_note disable row level security": "trial_note: row security is not enabled and forced",
    "drop policy narrow_reads on trial_note": "trial_note: has no policy narrow_reads",
    "create policy kind on trial_note for select to hearth_narrow using (true)": "policy kind does not ask who acts",
    "create policy all_of_us on trial_note using (hearth.me() = 1)": "policy all_of_us is for everybody",
    "alter policy broad_reads on trial_note using (circle_id = any((select hearth.my_circles())::bigint[]))": (
        "trial_note: broad_reads works out a whole list"
    ),
    "grant delete on trial_note to hearth_broad": "trial_note: hearth_broad may DELETE",
    "grant select on trial_note to hearth_app": "trial_note: may be touched before anybody is signed in",
    "grant select on trial_event to public": "trial_event: everybody may SELECT",
    "grant select on ledger_entry_default to hearth_broad": "ledger_entry_default: is a partition",
    "grant select on django_migrations to hearth_narrow": "django_migrations: is the framework's",
    "grant select on procrastinate_jobs to hearth_broad": "procrastinate_jobs: is the queue's",
    "create unique index one_name on trial_note (words)": "one_name begins with words",
    "create unique index one_name on trial_note (lower(words))": "one_name begins with None",
    "create table stray (circle_id bigint not null, note_id bigint references trial_note (id))": "stray.note_id: may",
    "alter table trial_note add constraint by_circle unique (circle_id, id); create table stray (circle_id bigint,"
    " note_id bigint, foreign key (circle_id, note_id) references trial_note (circle_id, id))": "stray.note_id: may",
    "create view everything as select * from trial_note": "everything: is a view that reads as its owner",
    "grant execute on function hearth.refuse_change() to public": "hearth.refuse_change: everybody may execute it",
    "create function hearth.careless() returns int language sql as 'select 1'": "its search_path is not",
    "create function hearth.half() returns int security definer language sql return 1": "its search_path is not",
    "create function hearth.mine() returns int security definer language sql set search_path = pg_catalog, pg_temp"
    " as 'select 1'": "hearth.mine: runs as hearth_owner",
    "create function hearth.is_fine() returns boolean stable security definer language sql"
    " set search_path = pg_catalog, pg_temp as 'select true';"
    " alter function hearth.is_fine() owner to hearth_definer;"
    " create policy fine on trial_note for select to hearth_broad using (hearth.is_fine())": "not parallel restricted",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_the_catalogue_finds_what_is_planted(owner, planted):
    """The control of every rule."""
    before = set(findings(owner))
    owner.execute(planted)
    assert [new for new in findings(owner) if new not in before and PLANTED[planted] in new]


def test_a_role_with_powers_would_be_found(owner, postgres):
    import psycopg

    with psycopg.connect(postgres.url("postgres", "postgres"), autocommit=True) as superuser:
        superuser.execute("alter role hearth_sealer bypassrls")
        try:
            assert "hearth_sealer: is bypassrls" in findings(owner)
        finally:
            superuser.execute("alter role hearth_sealer nobypassrls")


def test_postgres_keeps_the_same_lists_of_parts_as_the_rules(house):
    assert set(ask("select hearth.broad_parts()")) == {part.value for part in BROAD}
    same = {
        "break glass": Act.BREAK_GLASS,
        "review break glass": Act.REVIEW_BREAK_GLASS,
        "read access log": Act.READ_ACCESS_LOG,
        "keep users": Act.KEEP_USERS,
        "agree appointment": Act.AGREE_APPOINTMENT,
        "import register": Act.IMPORT_REGISTER,
    }
    for said, act in same.items():
        by_post = {part.value for part in WHO_MAY[act] - PARTS_IN_A_RECORD}
        assert set(ask("select hearth.parts_that_may(%s)", said)) == by_post, said
    assert ask("select hearth.parts_that_may('anything else')") is None
    assert set(ask("select hearth.opening_parts()")) == {part.value for part in OPENING}
    assert LEADS <= BROAD
