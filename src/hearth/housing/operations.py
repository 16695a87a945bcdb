"""What people do about hazards and markers. The register itself comes in by `housing.imports`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hearth.access.operations import check, give, make_circle
from hearth.access.terms import Act, CircleKind, InACircle, Part, Reach, Viewer
from hearth.housing import rules
from hearth.housing.models import Hazard, Home, Marker
from hearth.housing.terms import (
    HazardClass,
    HazardKind,
    HazardSource,
    HazardStep,
    MarkerKind,
    Vulnerability,
)
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.outbound.operations.notices import take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.people.models import Person
from hearth.timescales.operations import happened

REPAIRS = (Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT)
STEP_WORDS = {
    HazardStep.CLASSIFIED: "classified",
    HazardStep.INVESTIGATED: "investigated",
    HazardStep.SUMMARY_GIVEN: "summed up for the tenant",
    HazardStep.MADE_SAFE: "made safe",
    HazardStep.DECANTED: "left by those who live there",
    HazardStep.PREVENTION_BEGUN: "worked on so that it does not come back",
    HazardStep.PREVENTION_DELAYED: "put off",
    HazardStep.CLOSED: "closed",
}


@dataclass(frozen=True)
class On:
    """What a marker is put on: a home or a person."""

    home: Home | None = None
    person: Person | None = None


@transaction.atomic
def record_hazard(
    home: Home,
    *,
    kind: HazardKind,
    vulnerable: Collection[Vulnerability],
    aware_at: datetime,
    source: HazardSource,
    by: Viewer,
    at: datetime,
) -> Hazard:
    """Record something unsafe in a home, in a circle of its own that the repairs posts read.

    Knowing is what starts the law's clock, so it is recorded at once by whoever noticed, who cannot read it afterwards.
    It takes no names and no story, and nothing on it leads back to where it came from.
    """
    check(by, Act.RECORD_HAZARD)
    if aware_at > at:
        raise NotPossible("The landlord cannot have known before now of something that lies in the future.")
    circle = make_circle(CircleKind.HAZARD, by=by, at=at, entity=home.entity_id)
    hazard = Hazard.objects.create(
        circle_id=circle, home=home, kind=kind.value, source=source.value, aware_at=aware_at, recorded_at=at,
        vulnerable=sorted({Vulnerability(word).value for word in vulnerable}),
    )  # fmt: skip
    for part in REPAIRS:
        give(circle, by=by, at=at, to=part, part_in_it=part)
    facts = {"kind": kind.value, "source": source.value, "vulnerable": bool(vulnerable)}
    happened("hazard.recorded", about=hazard, by=by, at=aware_at, facts=facts)
    return hazard


@transaction.atomic
def classify_hazard(
    hazard: Hazard, *, hazard_class: HazardClass, why: str, version: int, by: Viewer, at: datetime
) -> Hazard:
    """Say whether a hazard is an emergency, significant or neither, for those who live there. For a competent post."""
    check(by, Act.CLASSIFY_HAZARD)
    if not why.strip():
        raise NotPossible("Enter why, thinking of the people who live there.")
    again = HazardStep.CLASSIFIED in hazard.taken
    taken = _take(hazard, HazardStep.CLASSIFIED, version, at, hazard_class=hazard_class.value, class_why=why)
    facts = {"kind": hazard.kind, "class": hazard_class.value, "again": again}
    happened("hazard.classified", about=taken, by=by, at=at, facts=facts, why=why)
    return taken


@transaction.atomic
def work_on_hazard(
    hazard: Hazard,
    step: HazardStep,
    *,
    done_at: datetime,
    version: int,
    by: Viewer,
    at: datetime,
    why: str = "",
    work_needed: bool | None = None,
) -> Hazard:
    """Take the next step: investigated, summed up, made safe, decanted, prevention begun or put off, closed."""
    check(by, Act.WORK_HAZARD)
    if step is HazardStep.CLASSIFIED:
        raise NotPossible("A hazard is classified by a competent post.")
    if done_at > at:
        raise NotPossible("The time you entered lies in the future.")
    if step in rules.SAY_WHY and not why.strip():
        raise NotPossible("Enter why.")
    if (step is HazardStep.INVESTIGATED) != (work_needed is not None):
        raise NotPossible("Say of an investigation whether work is needed, and of nothing else.")
    found = {"work_needed": work_needed} if step is HazardStep.INVESTIGATED else {}
    taken = _take(hazard, step, version, done_at, **found)
    facts = {"kind": hazard.kind, **found} if found else {}
    happened(f"hazard.{step.value}", about=taken, by=by, at=done_at, facts=facts, why=why)
    return taken


@transaction.atomic
def put_marker(
    about: InACircle,
    on: On,
    *,
    kind: MarkerKind,
    words: str,
    until: date,
    shown_to: Iterable[int | Part],
    by: Viewer,
    at: datetime,
) -> Marker:
    """Put words on a home or person that certain users and posts see before they act there. The reason stays here."""
    check(by, Act.KEEP_MARKERS, about)
    if about.circle_id is None:
        raise NotPossible("A marker belongs to a concern or case.")
    if (on.home is None) == (on.person is None):
        raise NotPossible("Put the marker on a home or on a person.")
    if not words.strip() or len(words) > 200:
        raise NotPossible("Enter what to do in at most 200 characters, without the reason.")
    if until < at.date():
        raise NotPossible("Enter a day until when the marker is shown. It can be put on again.")
    marker = Marker.objects.create(
        circle_id=about.circle_id, home=on.home, person=on.person, kind=kind.value, words=words, put_at=at, until=until
    )
    for reader in shown_to:
        give(about.circle_id, by=by, at=at, to=reader, part_in_it=Part.ANYONE, reach=Reach.MARKER, why="marker")
    happened("marker.put", about=marker, by=by, at=at, facts={"kind": kind.value, "until": until})
    return marker


@transaction.atomic
def change_marker(marker: Marker, *, words: str, until: date, version: int, by: Viewer, at: datetime) -> None:
    """Say something else on a marker, or let it stand longer after looking at it again."""
    check(by, Act.KEEP_MARKERS, marker)
    if not words.strip() or len(words) > 200:
        raise NotPossible("Enter what to do in at most 200 characters, without the reason.")
    if until < at.date():
        raise NotPossible("Enter a day until when the marker is shown.")
    rows = Marker.objects.filter(pk=marker.pk, version=version, taken_off_at=None)
    if not rows.update(words=words, until=until, version=version + 1):
        raise _marker_changed(marker, yours={"words": words, "until": until.isoformat()})
    happened("marker.changed", about=marker, by=by, at=at, facts={"until": until})


@transaction.atomic
def take_off_marker(marker: Marker, *, version: int, by: Viewer, at: datetime) -> None:
    """Take a marker off. Those who saw it see nothing any more."""
    check(by, Act.KEEP_MARKERS, marker)
    rows = Marker.objects.filter(pk=marker.pk, version=version, taken_off_at=None)
    if not rows.update(taken_off_at=at, version=version + 1):
        raise _marker_changed(marker, yours={})
    happened("marker.taken_off", about=marker, by=by, at=at)


def _marker_changed(marker: Marker, *, yours: dict[str, str]) -> ChangedMeanwhile | NotPossible:
    now = Marker.objects.get(pk=marker.pk)
    if now.taken_off_at is not None:
        return NotPossible("Somebody else has taken this marker off. Put another where it is still needed.")
    theirs = {"words": now.words, "until": now.until.isoformat()}
    return ChangedMeanwhile(theirs=theirs, yours=yours, version=now.version)


def _take(hazard: Hazard, step: HazardStep, version: int, done_at: datetime, **changes: str | bool | None) -> Hazard:
    now_there = Hazard.objects.select_for_update(of=("self",)).select_related("home").get(pk=hazard.pk)
    if now_there.version != version:
        yours = {"why": str(changes.get("class_why", "")), "hazard_class": str(changes.get("hazard_class", ""))}
        taken = ", ".join(STEP_WORDS[each] for each in HazardStep if each.value in now_there.taken)
        theirs = {"why": now_there.class_why, "hazard_class": now_there.hazard_class, "step": taken}
        raise ChangedMeanwhile(theirs=theirs, yours=yours, version=now_there.version)
    if not rules.may_take(step, now_there.taken):
        raise NotPossible(f"This hazard cannot be {STEP_WORDS[step]} now.")
    if step is HazardStep.CLOSED and not rules.may_close(now_there.hazard_class, now_there.taken):
        raise NotPossible("Make the home safe, or have it classified as no significant hazard, before you close this.")
    for name, value in {f"{step.value}_at": done_at, "version": version + 1, **changes}.items():
        setattr(now_there, name, value)
    now_there.save(update_fields=[f"{step.value}_at", "version", *changes])
    take_as_read(now_there.public_id, NoticeWords.HAZARD, at=done_at)
    return now_there
