"""A register comes in from files: looked at first, all or nothing, and again without doubling anything."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

import two_people
from hearth.access.identity import acting_as
from hearth.access.models import Circle
from hearth.access.operations import give
from hearth.access.queries import viewer
from hearth.access.terms import Refused
from hearth.housing.imports.operations import import_register, preview
from hearth.housing.imports.sheets import read_homes, read_people, read_staff, read_tenancies
from hearth.housing.imports.terms import Count, Register, SheetKind
from hearth.housing.models import Home, RegisterImport, Tenancy, TenancyMember
from hearth.housing.queries import find_home, find_people, people_at
from hearth.organisation import operations as organisation
from hearth.organisation.models import Appointment, Proposal, User
from hearth.organisation.terms import Part, UserKind
from hearth.people.models import HouseholdMember, Person
from hearth.people.operations import add_role
from hearth.people.terms import PartPlayed
from hearth.policy.durations import end_of
from people.records import MONDAY, make_record

FILES = Path(__file__).resolve().parents[2] / "docs" / "guides" / "register-files"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = AT.date()


def register(**files):
    """The guide's sample files, with some of them replaced by other text."""
    said = {kind.value: (FILES / f"{kind.value}.csv").read_text(encoding="utf-8") for kind in SheetKind}
    said |= files
    return Register(
        homes=read_homes(said["homes"].encode()),
        tenancies=read_tenancies(said["tenancies"].encode()),
        people=read_people(said["people"].encode(), TODAY),
        staff=read_staff(said["staff"].encode()),
    )


@pytest.fixture
def keeper(cast):
    """Somebody who keeps both the register and the users, as in a small landlord."""
    with acting_as(cast.administrator):
        post = organisation.add_post("systems", "Systems officer", [Part.REGISTER_KEEPER, Part.ADMINISTRATOR])
        user = organisation.add_user(email="systems@ashgrove.example", name="Systems", kind=UserKind.EMPLOYEE)
    two_people.appoint(cast, user, post, starts_at=datetime(2020, 1, 1, tzinfo=UTC))
    return viewer(user)


def bring_in(keeper, **files):
    with acting_as(keeper):
        return import_register(register(**files), by=keeper, at=AT)[1]


def look(keeper, **files):
    with acting_as(keeper):
        return preview(register(**files), by=keeper, at=AT)


def living_at(viewer, home):
    return [member.person.name for member in people_at(viewer, home, on=TODAY)]


def nothing_came_in():
    return [model.objects.count() for model in (Home, Person, Tenancy, RegisterImport)] == [0, 0, 0, 0]


def lines(kind, *changes, add=""):
    """The sample file with some words replaced and lines added."""
    text = (FILES / f"{kind}.csv").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text + add


def test_the_sample_files_of_the_guide_come_in_whole(cast, keeper):
    seen = bring_in(keeper)
    assert seen.faults == ()
    assert seen.counts == {
        SheetKind.HOMES: Count(new=5),
        SheetKind.TENANCIES: Count(new=4),
        SheetKind.PEOPLE: Count(new=6 - 1, changed=1),
        SheetKind.STAFF: Count(new=3),
    }
    with acting_as(cast.reporter):
        (flat,) = find_home(cast.reporter, "10000000001")
        assert flat.parent.reference == "ASH-0"
        assert [member.person.name for member in people_at(cast.reporter, flat, on=TODAY)] == [
            "Siobhán Quayle",
            "Rory Quayle",
        ]
        (luke,) = find_people(cast.reporter, "Lukas Fenwick", on=TODAY)
        assert luke.address == "Flat 2, Ashgrove House, Ashgrove Road, Manchester, M14 4AB"
        (peggy,) = find_people(cast.reporter, "peggy thrale", on=date(2015, 1, 1))
        assert peggy.address.startswith("9 Linden Close")
        assert TenancyMember.objects.filter(tenancy__reference="T-1002").count() == 2


def test_looking_first_says_the_same_and_writes_nothing(cast, keeper):
    before = look(keeper)
    with acting_as(keeper):
        assert nothing_came_in()
    assert bring_in(keeper) == before


def test_the_same_files_again_change_nothing(cast, keeper):
    bring_in(keeper)
    seen = look(keeper)
    assert {kind: (count.unchanged, count.left_out) for kind, count in seen.counts.items()} == {
        SheetKind.HOMES: (5, 0), SheetKind.TENANCIES: (4, 0), SheetKind.PEOPLE: (6, 0), SheetKind.STAFF: (3, 0),
    }  # fmt: skip
    assert not seen.changes_something
    bring_in(keeper)
    with acting_as(keeper):
        counts = [model.objects.count() for model in (Home, Tenancy, Person, HouseholdMember, TenancyMember)]
        assert counts == [5, 4, 5, 6, 5]
        assert set(Home.objects.values_list("version", flat=True)) == {1}


def test_what_changed_is_changed_and_what_a_file_does_not_say_stays(cast, keeper):
    bring_in(keeper)
    seen = bring_in(
        keeper,
        homes="uprn,address line 1,postcode\n10000000007,7 Linden Way,M13 9PL\n",
        people=lines("people", ("Siobhán,Quayle,,14/02/1988", "Siobhán,Ní Quayle,,14/02/1988")),
    )
    assert seen.counts[SheetKind.HOMES] == Count(changed=1)
    assert seen.counts[SheetKind.PEOPLE] == Count(changed=1, unchanged=5)
    with acting_as(keeper):
        home = Home.objects.get(uprn="10000000007")
        assert (home.reference, home.line_1, home.town, home.version) == ("LIN-7", "7 Linden Way", "Manchester", 2)
    with acting_as(cast.reporter):
        assert find_home(cast.reporter, "7 linden way") == [home]
        assert find_people(cast.reporter, "ni quayle", on=TODAY)[0].name == "Siobhán Ní Quayle"


def test_a_tenancy_that_ends_takes_its_household_with_it_and_stays_so(cast, keeper):
    bring_in(keeper)
    ended = lines("tenancies", ("04/05/2015,", "04/05/2015,30/06/2026"))
    seen = bring_in(keeper, tenancies=ended)
    assert seen.counts[SheetKind.TENANCIES] == Count(changed=1, unchanged=3)
    with acting_as(cast.reporter):
        (flat,) = find_home(cast.reporter, "10000000001")
        assert people_at(cast.reporter, flat, on=TODAY) == []
        assert len(people_at(cast.reporter, flat, on=date(2026, 6, 30))) == 2
    assert not look(keeper, tenancies=ended).changes_something


def test_somebody_who_moves_out_has_lived_there_until_then(cast, keeper):
    bring_in(keeper)
    stay = "T-1002,joint tenant,12/11/2019,"
    bring_in(keeper, people=lines("people", (f"{stay}\nP-4", f"{stay}01/10/2026\nP-4")))
    with acting_as(cast.reporter):
        (flat,) = find_home(cast.reporter, "10000000002")
        assert living_at(cast.reporter, flat) == ["Priya Fenwick"]
        assert len(people_at(cast.reporter, flat, on=date(2026, 10, 1))) == 2


def test_a_row_that_points_nowhere_is_left_out_and_the_others_come_in(cast, keeper):
    seen = bring_in(
        keeper,
        homes=lines("homes", add="X-1,,flat,NO-BLOCK,1 New Road,,,,,\nX-2,10000000001,,,2 New Road,,,,,\n"),
        tenancies=lines("tenancies", add="T-9,NO-HOME,sole,,01/01/2020,\n"),
        people=lines("people", add="P-9,Ann,Ash,,,,,NO-TENANCY,,,\nP-10,Bo,Ash,,,,,T-0909,,01/01/2026,\n"),
        staff=lines("staff", add="a@homes.example,A,employee,,Wizard,,,\nb@homes.example,B,employee,,,,,NOBODY\n"),
    )
    assert [(fault.sheet.value, fault.row) for fault in seen.faults] == [
        ("homes", 7), ("homes", 8), ("people", 8), ("people", 9), ("staff", 5), ("staff", 6), ("tenancies", 6),
    ]  # fmt: skip
    assert {count.left_out for count in seen.counts.values()} == {1, 2}
    assert {count.new for count in seen.counts.values()} == {5, 4, 3}


def test_an_import_that_fails_leaves_nothing_behind(cast, keeper):
    def fail(done, total, what):
        if what == "Writing staff":
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError), transaction.atomic(), acting_as(keeper):
        import_register(register(), by=keeper, at=AT, progress=fail)
    with acting_as(keeper):
        assert nothing_came_in()


def test_progress_is_told_from_beginning_to_end(cast, keeper):
    told = []
    with acting_as(keeper):
        import_register(register(), by=keeper, at=AT, progress=lambda done, total, what: told.append((done, total)))
    assert told == [(step, 6) for step in range(7)]


def test_only_the_keepers_of_register_and_users_import_them(cast, keeper):
    everything = register()
    for who in (cast.lead, cast.register_keeper, cast.administrator, cast.reporter):
        with acting_as(who):
            for act in (preview, import_register):
                with pytest.raises(Refused):
                    act(everything, by=who, at=AT)
    with acting_as(cast.register_keeper):
        import_register(Register(homes=everything.homes), by=cast.register_keeper, at=AT)


def test_a_colleague_who_is_a_tenant_is_linked_by_the_column_alone_and_shut_out_of_his_own_record(cast, keeper):
    bring_in(keeper)
    with acting_as(keeper):
        luke, priya = (User.objects.get(email=f"{name}@homes.example") for name in ("luke.fenwick", "priya.larch"))
        person = Person.objects.get(reference="P-3")
        assert (luke.person_id, priya.person_id) == (person.pk, None)
        namesake = Person.objects.get(reference="P-4")
    record = make_record(cast.lead)
    with acting_as(cast.lead):
        add_role(record, person, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
        add_role(record, namesake, PartPlayed.SUBJECT_ADULT, by=cast.lead, at=MONDAY)
    with acting_as(cast.lead):
        for user in (luke, priya):
            give(record.circle_id, by=cast.lead, at=MONDAY, to=user.pk, part_in_it=Part.WORKS_ON_IT)
    for user, sees in ((luke, False), (priya, True)):
        with acting_as(viewer(user)):
            assert Circle.objects.filter(pk=record.circle_id).exists() is sees


def test_who_has_left_is_switched_off_and_who_starts_is_in_post(cast, keeper):
    bring_in(keeper)
    gone, last_day = ("01/09/2022,,", "01/09/2022,20/11/2026,"), ("10/01/2023,,P-3", "10/01/2023,24/11/2026,P-3")
    seen = bring_in(keeper, staff=lines("staff", gone, last_day))
    assert seen.counts[SheetKind.STAFF] == Count(changed=1, unchanged=2)
    with acting_as(keeper):
        assert not User.objects.get(email="priya.larch@homes.example").is_active
        assert User.objects.get(email="luke.fenwick@homes.example").is_active  # his last day is tomorrow
        held = Appointment.objects.get(user__email="luke.fenwick@homes.example")
        assert (held.post.key, held.starts_at) == ("housing-officer", datetime(2023, 1, 10, tzinfo=UTC))
        assert not User.objects.get(email="curtis.birch@brightgas.example").has_usable_password()


def test_a_file_gives_nobody_a_post_that_opens_records_it_asks_for_it(cast, keeper):
    """Feature 64. The plain post of the same file is held at once: the control."""
    for _twice in range(2):
        bring_in(keeper)
    with acting_as(keeper):
        (asked,) = Proposal.objects.filter(agreed=None)
        assert (asked.user.email, asked.post.key) == ("priya.larch@homes.example", "case-worker")
        assert asked.asked_by_id == keeper.id
        assert not Appointment.objects.filter(user=asked.user).exists()
        assert Appointment.objects.filter(user__email="luke.fenwick@homes.example").count() == 1


def test_nobody_gives_himself_a_post_by_a_file(cast, keeper):
    staff = "e-mail,name,post\nsystems@ashgrove.example,Systems,Head of safeguarding\n"
    seen = bring_in(keeper, staff=staff)
    assert [fault.problem for fault in seen.faults] == ["You cannot give yourself a post."]


CHAMPION = "e-mail,name,kind,post,started,last day in post\nros@homes.example,Ros Thorne,board,Board champion,"


def test_a_post_the_policy_gives_for_a_time_needs_a_last_day_in_the_file_too(cast, keeper):
    """The champion is appointed for a year. The page that appoints fills the day in; a file must say it."""
    given = "The policy gives this post for 12 months (clause 3.4b)"
    too_late = f"{given}: the last day is 1 November 2027 at the latest."
    earlier = "Enter an earlier last day, or correct the start date."
    for days, column, problem, what_to_do in (
        ("02/11/2026,", "last day in post", f"{given}, so it needs a last day.",
         "Enter the last day, 1 November 2027 at the latest."),
        ("02/11/2026,02/11/2027", "last day in post", too_late, earlier),
        ("02/11/2024,", "started", f"{given}, and since the start date they are over.",
         "Enter the day on which they were last put into the post."),
        ("02/11/2026,01/11/2026", "last day in post", "This end lies before its start.",
         "Correct one of the two dates."),
    ):  # fmt: skip
        seen = bring_in(keeper, staff=CHAMPION + days)
        assert [(each.row, each.column, each.problem, each.what_to_do) for each in seen.faults] == [
            (2, column, problem, what_to_do)
        ]
        assert seen.counts[SheetKind.STAFF] == Count(left_out=1)
    with acting_as(keeper):
        assert not User.objects.filter(email="ros@homes.example").exists()

    assert bring_in(keeper, staff=CHAMPION + "02/11/2026,01/11/2027").counts[SheetKind.STAFF] == Count(new=1)
    again = bring_in(keeper, staff=CHAMPION + "02/11/2026,01/11/2027")
    assert again.counts[SheetKind.STAFF] == Count(unchanged=1)
    assert bring_in(keeper, staff=CHAMPION + "02/11/2026,").faults == (), "whoever holds it is given nothing"
    with acting_as(keeper):
        held = Appointment.objects.get(user__email="ros@homes.example")
        assert held.ends_at == end_of(date(2027, 11, 1)).at


def test_a_post_whose_last_day_has_passed_is_not_given_again(cast, keeper):
    file = CHAMPION + "02/11/2025,01/11/2026"
    assert bring_in(keeper, staff=file).counts[SheetKind.STAFF] == Count(new=1)
    assert bring_in(keeper, staff=file).counts[SheetKind.STAFF] == Count(unchanged=1)
    with acting_as(keeper):
        assert not Appointment.objects.filter(user__email="ros@homes.example").exists()


def test_a_last_day_ends_a_post_given_for_a_time_and_not_the_one_beside_it(cast, keeper):
    """Where the policy gives none of a row's posts for a time, it is the last day of each."""
    both = CHAMPION.replace("champion,", "champion; Housing officer,") + "02/11/2026,01/11/2027\n"
    bring_in(keeper, staff=both + "sam@homes.example,Sam,employee,Housing officer,02/11/2026,31/12/2026\n")
    with acting_as(keeper):
        ends = Appointment.objects.filter(user__email__in=["ros@homes.example", "sam@homes.example"])
        assert set(ends.values_list("user__name", "post__key", "ends_at")) == {
            ("Ros Thorne", "champion", end_of(date(2027, 11, 1)).at),
            ("Ros Thorne", "housing-officer", None),
            ("Sam", "housing-officer", end_of(date(2026, 12, 31)).at),
        }


def test_what_opens_records_is_asked_for_until_its_last_day(cast, keeper):
    staff = "e-mail,name,post,started,last day in post\nsam@homes.example,Sam,Support officer,02/11/2026,31/12/2026\n"
    for _twice in range(2):
        bring_in(keeper, staff=staff)
    with acting_as(keeper):
        asked = Proposal.objects.get(user__email="sam@homes.example")
        assert asked.ends_at == end_of(date(2026, 12, 31)).at


def test_every_import_is_noted_with_its_files_and_counts(cast, keeper):
    bring_in(keeper)
    with acting_as(keeper):
        run = RegisterImport.objects.get()
        assert run.imported_by_id == keeper.id
        assert set(run.files) == {"homes", "tenancies", "people", "staff"}
        assert run.counts["homes"] == {"new": 5, "changed": 0, "unchanged": 0, "left_out": 0}
