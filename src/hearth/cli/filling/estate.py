"""Homes, who lives in them, and what is unsafe in a few."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from hearth.cli.filling.concerns import Concern, give, make_circle
from hearth.cli.filling.language import one_of, text
from hearth.cli.filling.story import Desk, Home, Story
from hearth.cli.filling.vocabulary import FIRST_NAMES, STREETS, SURNAMES, TOWNS
from hearth.housing import addresses
from hearth.people import names

CASES_A_HOME = 3
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
STEPS = (("classified", 1), ("investigated", 5), ("summary_given", 2), ("made_safe", 3), ("prevention_begun", 2),
         ("closed", 20))  # fmt: skip


def build(desk: Desk, cases: int) -> None:
    """The homes of a stretch, each with its household and tenancy."""
    for _ in range(max(1, cases // CASES_A_HOME)):
        desk.homes.append(_home(desk))


def _home(desk: Desk) -> Home:
    rng, number = desk.rng, desk.numbers.new("housing_home")
    street, town = one_of(rng, STREETS), one_of(rng, TOWNS)
    line = f"{1 + int(rng.random() * 180)} {street}"
    code = f"LX{1 + int(rng.random() * 30)} {1 + int(rng.random() * 9)}{one_of(rng, LETTERS)}{one_of(rng, LETTERS)}"
    whole = f"{line}, {town}"
    desk.sheets.add(
        "housing_home", id=number, public_id=desk.key(), reference=f"F-{number:08}", line_1=line, town=town,
        postcode=code, address_plain=" ".join(addresses.words(whole)), address_sounds=" ".join(_heard(whole)),
    )  # fmt: skip
    household, since = desk.numbers.new("people_household"), date(2010 + int(rng.random() * 12), 1, 1)
    desk.sheets.add("people_household", id=household, public_id=desk.key())
    people = _people(desk, household, since)
    tenancy = desk.numbers.new("housing_tenancy")
    desk.sheets.add(
        "housing_tenancy", id=tenancy, reference=f"FT-{tenancy:08}", since=since, home_id=number,
        household_id=household,
    )  # fmt: skip
    desk.sheets.add(
        "housing_tenancymember", id=desk.numbers.new("housing_tenancymember"), tenancy_id=tenancy,
        person_id=people[0][0], since=since,
    )  # fmt: skip
    return Home(number, people)


def _people(desk: Desk, household: int, since: date) -> list[tuple[int, bool]]:
    """One or two adults and up to three children of one name."""
    rng, surname = desk.rng, one_of(desk.rng, SURNAMES)
    ages = [False] * (1 + (rng.random() < 0.4)) + [True] * int(rng.random() * 3.5)
    people = []
    for is_child in ages:
        number, born = desk.numbers.new("people_person"), _born(desk, is_child)
        name = f"{one_of(rng, FIRST_NAMES)} {surname}"
        desk.sheets.add(
            "people_person", id=number, public_id=desk.key(), reference=f"FP-{number:08}", name=name, born_on=born,
            name_plain=" ".join(names.words(name)), name_sounds=" ".join(names.all_sounds(name)),
        )  # fmt: skip
        desk.sheets.add(
            "people_householdmember", id=desk.numbers.new("people_householdmember"), household_id=household,
            person_id=number, since=max(born, since),
        )  # fmt: skip
        people.append((number, is_child))
    return people


def _born(desk: Desk, is_child: bool) -> date:
    years = desk.rng.random() * 16 if is_child else 20 + desk.rng.random() * 65
    return desk.now.date() - timedelta(days=int(years * 365.25))


@lru_cache(maxsize=50_000)
def _heard(address: str) -> tuple[str, ...]:
    return tuple(addresses.sounds(address))


def note_hazard(desk: Desk, concern: Concern) -> None:
    """The unsafe home that came to light with a concern: a record of its own, which does not lead back to it."""
    at, by, number = concern.logged_at, concern.reporter, desk.numbers.new("housing_hazard")
    circle = make_circle(desk, "hazard", by, at)
    for part in ("repairs_desk", "repairs_competent"):
        give(desk, circle, at, by=by, part_in_it=part, part=part)
    story, about = Story(desk, circle=circle), ("hazard", number)
    story.happened("hazard.recorded", about, by=by, at=at, kind="damp_mould", source="concern", vulnerable=False)
    row: dict[str, object] = {"id": number, "public_id": desk.key(), "aware_at": at, "recorded_at": at}
    for step, days in STEPS:
        at = desk.later(at, 2, 24 * days)
        if at > desk.now:
            break
        row |= {f"{step}_at": at, "version": int(str(row.get("version", 1))) + 1, **_said(desk, step)}
        _tell(story, step, about, desk.team.surveyor, at, row)
    story.end()
    desk.sheets.add("housing_hazard", by, circle_id=circle, home_id=concern.home.id, **row)


def _said(desk: Desk, step: str) -> dict[str, object]:
    if step == "classified":
        return {"hazard_class": "significant", "class_why": text(desk.rng, "why", 1, 1)}
    return {"work_needed": True} if step == "investigated" else {}


def _tell(story: Story, step: str, about: tuple[str, int], by: int, at: datetime, row: dict[str, object]) -> None:
    if step == "classified":
        words, found = {"why": str(row["class_why"])}, {"kind": "damp_mould", "class": "significant"}
        story.happened("hazard.classified", about, by=by, at=at, words=words, again=False, **found)
    elif step == "investigated":
        story.happened("hazard.investigated", about, by=by, at=at, kind="damp_mould", work_needed=True)
    else:
        story.happened(f"hazard.{step}", about, by=by, at=at)
