"""Concerns: what somebody noticed, and what triage made of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hearth.cli.filling.language import one_of, text
from hearth.cli.filling.story import Desk, Home, Story
from hearth.policy.office_hours import is_open
from hearth.timescales.clocks import Ref

OTHERWISE = (
    "advice", "advice", "signpost", "signpost", "signpost", "watch", "no_greater_risk", "not_safeguarding",
    "not_safeguarding",
)  # fmt: skip
QUIET_SIGNS = (
    "child_not_looked_after", "adult_not_looked_after", "money", "not_coping", "home_taken_over",
    "frightened_or_controlled", "hurt",
)  # fmt: skip
HARMS = ("neglect", "domestic_abuse", "self_neglect", "financial", "physical", "emotional", "exploitation")
TOLD_BY = ("saw_it", "the_person", "family", "resident", "neighbour", "contractor", "agency", "anonymous")
LOOK_AGAIN = timedelta(days=28)


@dataclass
class Concern:
    """A concern while its story is told. Its row is written when the story has ended."""

    id: int
    story: Story
    home: Home
    row: dict[str, object]
    logged_at: datetime
    reporter: int
    decider: int
    subject: str
    children: str
    has_damp: bool

    @property
    def ref(self) -> Ref:
        return ("concern", self.id)


def log(desk: Desk, at: datetime, *, restricted: bool) -> Concern:
    """Somebody noticed something and wrote it down."""
    rng, home = desk.rng, one_of(desk.rng, desk.homes)
    circle = make_circle(desk, "concern", desk.team.reporters[0], at, restricted=restricted)
    number, reporter = desk.numbers.new("concerns_concern"), one_of(rng, desk.team.reporters)
    subject = "adult" if rng.random() < 0.55 else one_of(rng, ("child", "both"))
    children = "yes" if subject != "adult" else one_of(rng, ("yes", "no", "no", "not_known"))
    signs = sorted({one_of(rng, QUIET_SIGNS) for _ in range(int(rng.random() * 3))})
    has_damp = rng.random() < 0.08
    signs += ["damp_or_mould"] if has_damp else []
    row = {
        "id": number, "public_id": desk.key(), "reference": desk.numbers.reference("C"), "idempotency_key": desk.key(),
        "logged_at": at, "about_staff": "yes" if restricted else "no", "home_id": home.id, "circle_id": circle,
        "noticed": text(rng, "noticed", 1, 4), "thinks": text(rng, "thinks", 0, 1), "did": text(rng, "did", 0, 2),
        "wishes": text(rng, "wishes", 0, 1), "told_by": one_of(rng, TOLD_BY), "reported_by_id": reporter,
        "children_there": {"not_known": "dont_know"}.get(children, children),
        "signs": signs,
    }  # fmt: skip
    desk.sheets.add("hearth.reference", taken=row["reference"])
    story = Story(desk, circle=circle, restricted=restricted)
    decider = desk.team.lead if restricted else desk.team.triage
    concern = Concern(number, story, home, row, at, reporter, decider, subject, children, has_damp)
    _tell(desk, concern, signs)
    give(desk, circle, at, by=reporter, part_in_it="reported_it", user_id=reporter, reach="own_words")
    return concern


def _tell(desk: Desk, concern: Concern, signs: list[str]) -> None:
    mentions = desk.pack.mentions_of(signs)
    concern.story.happened(
        "concern.logged", concern.ref, by=concern.reporter, at=concern.logged_at, danger_now="no",
        about_our_people=str(concern.row["about_staff"]), children_there=str(concern.row["children_there"]),
        mentions_child="child" in mentions or concern.row["children_there"] == "yes",
        mentions_domestic_abuse="domestic_abuse" in mentions, mentions_weapon=False, immediate=False,
        same_evening="same_evening" in desk.pack.alarms_of(signs), unsafe_home=concern.has_damp,
        came_by="page", told_by=str(concern.row["told_by"]), signs=len(signs),
        out_of_hours=not is_open(desk.pack, concern.logged_at, desk.ground.calendar(desk.pack.nation)),
    )  # fmt: skip


def decide(desk: Desk, concern: Concern, outcome: str, at: datetime) -> bool:
    """Triage decides with its reasons, unless that lies in the future. Returns whether it did."""
    decided = at <= desk.now
    _let_in(desk, concern, at if decided else None)
    if not decided:
        return False
    row, rng, by = concern.row, desk.rng, concern.decider
    if rng.random() < 0.6:
        concern.story.happened("concern.looked_at", concern.ref, by=by, at=desk.later(concern.logged_at, 0.2, 0.9))
        row["looked_at_by_id"] = by
    row |= {"stage": "decided", "outcome": outcome, "version": 2, "feedback": text(rng, "feedback", 1, 1)}
    _write_decision(desk, concern, outcome, at)
    concern.story.happened("concern.feedback_given", concern.ref, by=by, at=at, held=False)
    if outcome == "watch":
        _watch(desk, concern, at)
    return True


def _let_in(desk: Desk, concern: Concern, until: datetime | None) -> None:
    """The post that reads it: intake until triage, or the lead alone where it is about somebody who works with us."""
    part, why = ("lead", "concern about staff") if concern.story.restricted else ("intake", "until triage")
    ended = None if concern.story.restricted else until
    give(
        desk, concern.story.circle, concern.logged_at, by=concern.reporter, part_in_it="invited", part=part, why=why,
        ended_at=ended,
    )  # fmt: skip


def _write_decision(desk: Desk, concern: Concern, outcome: str, at: datetime) -> None:
    rng, harm = desk.rng, one_of(desk.rng, HARMS)
    limbs: dict[str, object] = {}
    if concern.subject != "child":
        limbs = {name: one_of(rng, ("yes", "no", "not_known")) for name in ("care_needs", "at_risk")}
        limbs |= {"unable_to_protect": "not_known", "at_risk_why": text(rng, "why", 1, 1)}
    why, considered = text(rng, "why", 1, 3), ["signpost" if outcome != "signpost" else "watch"]
    with_abuse = harm == "domestic_abuse"
    child_decision = "in_this_case" if with_abuse and concern.children == "yes" else ""
    desk.sheets.add(
        "triage_decision", concern.decider, id=desk.numbers.new("triage_decision"), public_id=desk.key(),
        idempotency_key=desk.key(), decided_at=at, outcome=outcome, considered=considered, why=why,
        clause=desk.pack.rules["concern.triage"].clause, harm=harm, subject=concern.subject,
        children_in_household=concern.children, domestic_abuse=with_abuse, child_decision=child_decision,
        adult_wishes_only=False, detail=text(rng, "detail", 1, 1), circle_id=concern.story.circle,
        concern_id=concern.id, decided_by_id=concern.decider, **limbs,
    )  # fmt: skip
    known = {f"limb_{short}": str(limbs[name]) for short, name in LIMBS.items()} if limbs else {}
    concern.story.happened(
        "concern.triaged", concern.ref, by=concern.decider, at=at, words={"why": why}, outcome=outcome,
        reason_given=True, options_considered=True, subject=concern.subject, children_in_household=concern.children,
        domestic_abuse=with_abuse, child_decision=child_decision or None, adult_wishes_only=False, danger_now="no",
        harm=harm, **known,
    )  # fmt: skip


LIMBS = {"needs": "care_needs", "risk": "at_risk", "unable": "unable_to_protect"}


def _watch(desk: Desk, concern: Concern, at: datetime) -> None:
    """Kept in view for some weeks, then looked at again."""
    again, by = at + LOOK_AGAIN, concern.decider
    concern.story.happened("watch.set", concern.ref, by=by, at=at, owner=by, review_on=again.date())
    review: dict[str, object] = {}
    if again <= desk.now and desk.rng.random() < 0.9:
        review = {"reviewed_at": again, "reviewed_by_id": by, "review": text(desk.rng, "why", 1, 1)}
        words = {"why": str(review["review"])}
        concern.story.happened("watch.reviewed", concern.ref, by=by, at=again, words=words, outcome="stop")
    desk.sheets.add(
        "triage_watch", by, id=desk.numbers.new("triage_watch"), public_id=desk.key(), review_on=again.date(),
        set_at=at, circle_id=concern.story.circle, concern_id=concern.id, owner_id=by, **review,
    )  # fmt: skip


def finish(desk: Desk, concern: Concern) -> None:
    """The concern's row, when its promises are known."""
    concern.row["triage_due_at"] = concern.story.first_due(concern.ref)
    desk.sheets.add("concerns_concern", concern.reporter, **concern.row)


def make_circle(desk: Desk, kind: str, by: int, at: datetime, *, restricted: bool = False) -> int:
    """A new circle."""
    circle = desk.numbers.new("access_circle")
    desk.sheets.add("access_circle", id=circle, kind=kind, restricted=restricted, made_at=at, made_by_id=by)
    return circle


def give(desk: Desk, circle: int, at: datetime, *, by: int, **told: object) -> int:
    """A place in a circle."""
    grant = desk.numbers.new("access_grant")
    desk.sheets.add("access_grant", id=grant, circle_id=circle, given_at=at, given_by_id=by, **told)
    return grant
