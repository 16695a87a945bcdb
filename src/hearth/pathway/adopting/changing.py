"""Changing limits, posts and words of the policy in force, kept as a small pack over its files (ADR 0079)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.pathway.adopting.proposing import propose
from hearth.policy.models import ChangeDraft, Proposal
from hearth.policy.operations import keep_changes
from hearth.policy.packs import BadPack, Pack, build
from hearth.policy.packs.diffing import Difference, differences
from hearth.policy.packs.overlays import SECTIONS, NotThisChange, Overlay, key_of, opened, overlay_of
from hearth.policy.queries import chain_of, pack_in_force
from hearth.policy.terms import NotNow
from hearth.timescales.trying import ask


@dataclass(frozen=True)
class Changes:
    """What somebody has changed so far: the overlay, the policy in force, and the policy as it would be."""

    overlay: Overlay
    before: Pack
    after: Pack
    version: int
    entity: int | None
    is_begun: bool
    is_stale: bool

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What would be different from the policy in force, in plain words."""
        return differences(self.before, self.after)

    @property
    def names(self) -> list[tuple[str, str, str]]:
        """Every change by its section and key, to be opened again or taken out, and how the thing is called."""
        tables = self.overlay.tables
        keys = [(section, key_of(section, table)) for section in SECTIONS for table in tables.get(section, [])]
        return [(section, key, called(self, section, key)) for section, key in keys]


def called(changes: Changes, section: str, key: str) -> str:
    """A thing that is changed, as people call it; one that is taken out, as the policy below calls it."""
    if section != "dropped":
        return called_in(changes.after, "rule" if section == "override" else section, key)
    gone, _space, of = key.partition(" ")
    return called_in(changes.overlay.pack, gone, of) or of


def called_in(pack: Pack, section: str, key: str) -> str:
    """A limit, post, sign or word as a policy calls it; nothing where it has none."""
    listed, _space, code = key.partition(" ")
    match section:
        case "rule":
            return pack.rules[key].promise if key in pack.rules else ""
        case "post":
            return pack.posts[key].title if key in pack.posts else ""
        case "sign":
            return pack.signs[key].label if key in pack.signs else ""
        case "word" if listed in pack.words:
            return next((each.label for each in pack.words[listed].words if each.code == code), "")
    return ""


def changes_of(viewer: Viewer, *, at: datetime, entity: int | None = None) -> Changes:
    """One's own changes of the policy in force, for the organisation or a company. Another's are shown to nobody.

    A company without a policy of its own begins from the organisation's; adopted, the changes are its own.
    """
    check(viewer, Act.ADOPT_POLICY)
    before = pack_in_force(at, entity)
    row = ChangeDraft.objects.filter(by_id=viewer.id, entity_id=entity).first()
    whole = chain_of(before.digest)
    if row is None or not row.body:
        version = row.version if row else 0
        return Changes(overlay_of(whole), before, before, version, entity, is_begun=False, is_stale=False)
    is_stale = row.base != before.digest
    below = overlay_of(chain_of(row.base) if is_stale else whole).base
    overlay = opened(below, bytes(row.body))
    return Changes(overlay, before, build(overlay.chain), row.version, entity, is_begun=True, is_stale=is_stale)


@transaction.atomic
def change(
    do: Callable[[Overlay], Overlay], *, version: int, by: Viewer, at: datetime, entity: int | None = None
) -> None:
    """Make one change and keep it. The whole policy must check with it; nothing is in force yet."""
    now = changes_of(by, at=at, entity=entity)
    _require_fresh(now)
    try:
        overlay = do(now.overlay)
        build(overlay.chain)
    except NotThisChange as problem:
        raise NotPossible(str(problem), field=problem.field) from problem
    except BadPack as bad:
        told = "; ".join(dict.fromkeys(problem.sentence for problem in bad.problems))
        raise NotPossible(f"The policy would no longer fit together: {told}") from bad
    keep(overlay, now, version=version, by=by, at=at)


@transaction.atomic
def take_out(section: str, key: str, *, version: int, by: Viewer, at: datetime, entity: int | None = None) -> None:
    """Leave one change out again."""
    now = changes_of(by, at=at, entity=entity)
    overlay = now.overlay.without(section, key)
    if overlay.tables == now.overlay.tables:
        raise NotPossible("This change is not there any more")
    keep(overlay, now, version=version, by=by, at=at)


@transaction.atomic
def begin_again(*, by: Viewer, at: datetime, entity: int | None = None) -> None:
    """Throw away what one changed so far."""
    now = changes_of(by, at=at, entity=entity)
    with as_the_house():
        keep_changes(by_id=by.id, entity=now.entity, base=now.before.digest, body=b"", version=now.version, at=at)


@transaction.atomic
def propose_changes(*, starts_on: date, why: str, by: Viewer, at: datetime, entity: int | None = None) -> Proposal:
    """Ask that the policy is adopted with these changes, by the steps every policy takes."""
    now = changes_of(by, at=at, entity=entity)
    _require_fresh(now)
    if not now.differences:
        raise NotPossible("Nothing is changed yet")
    try:
        proposal = propose(now.overlay.chain, starts_on=starts_on, why=why, by=by, at=at, entity=entity)
    except NotNow as problem:
        raise NotPossible(str(problem), field="first_day") from problem
    begin_again(by=by, at=at, entity=entity)
    return proposal


def try_changes(*, since: datetime, by: Viewer, at: datetime, entity: int | None = None) -> None:
    """Ask that the policy with these changes is tried on what has happened, before anybody sees it proposed."""
    now = changes_of(by, at=at, entity=entity)
    _require_fresh(now)
    if not now.differences:
        raise NotPossible("Nothing is changed yet")
    try:
        ask(now.overlay.chain, since=since, by=by, at=at, entity=entity)
    except ValueError as problem:
        raise NotPossible("Enter a day that is over", field="since") from problem


def _require_fresh(now: Changes) -> None:
    if now.is_stale:
        raise NotPossible("Another policy came into force since you began. Bring your changes over to it first.")


def keep(overlay: Overlay | None, now: Changes, *, version: int, by: Viewer, at: datetime) -> None:
    """Keep what somebody changed so far, or nothing; it rests on the policy in force now."""
    body = overlay.body if overlay else b""
    with as_the_house():
        kept = keep_changes(by_id=by.id, entity=now.entity, base=now.before.digest, body=body, version=version, at=at)
    if not kept:
        raise ChangedMeanwhile(theirs={each.name or each.kind: str(each) for each in now.differences})
