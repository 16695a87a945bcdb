"""Bringing changes made in the browser over to a newer version of the policy's files: shown, chosen, proposed anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearth.access.terms import Viewer
from hearth.organisation.terms import NotPossible
from hearth.pathway.adopting.changing import Changes, changes_of, keep
from hearth.policy.packs import BadPack, build, read
from hearth.policy.packs.overlays import Overlay, is_overlay, overlay_of
from hearth.policy.packs.rebasing import Carried, carried, carry
from hearth.policy.queries import adoptions, binding, chain_of


@dataclass(frozen=True)
class Rebasing:
    """The changes that rest on earlier files, each with what stands there now, and what they would be laid over."""

    rows: tuple[Carried, ...]
    yours: Overlay
    onto: Overlay
    changes: Changes

    @property
    def digest(self) -> str:
        """What is in force now. Where that changes, somebody looks again before anything is kept."""
        return self.changes.before.digest


def rebasing_of(viewer: Viewer, *, at: datetime, entity: int | None = None) -> Rebasing | None:
    """One's own half-finished changes that rest on an earlier policy; else those that were in force before the files in
    force now, and that these do not have. Nothing where there are none."""
    changes = changes_of(viewer, at=at, entity=entity)
    onto = overlay_of(chain_of(changes.before.digest))
    yours = changes.overlay if changes.is_begun else _in_force_before(onto, at, entity)
    if yours is None or (changes.is_begun and not changes.is_stale):
        return None
    rows = tuple(carried(yours, onto))
    return Rebasing(rows, yours, onto, changes) if rows or changes.is_begun else None


@transaction.atomic
def rebase(
    chosen: Mapping[tuple[str, str], bool], *, digest: str, by: Viewer, at: datetime, entity: int | None = None
) -> int:
    """Lay the changes over the files in force: those that ask by what was chosen, the others as they are.

    Says how many were brought over. They are one's changes then, to be tried and proposed as any.
    """
    found = rebasing_of(by, at=at, entity=entity)
    if found is None:
        return 0
    if digest != found.digest:
        raise NotPossible("Another policy came into force meanwhile. Look again at what it says.")
    overlay, mine, brought = found.onto, read(found.yours.chain), 0
    for row in found.rows:
        if not row.why_not and chosen.get((row.section, row.key), not row.asks):
            overlay, brought = carry(overlay, row.section, row.key, mine), brought + 1
    try:
        build(overlay.chain)
    except BadPack as bad:
        raise NotPossible("; ".join(problem.sentence for problem in bad.problems)) from bad
    keep(overlay if brought else None, found.changes, version=found.changes.version, by=by, at=at)
    return brought


def _in_force_before(onto: Overlay, at: datetime, entity: int | None) -> Overlay | None:
    """The changes that were in force until newer files of the same policy were adopted."""
    bound = [each for each in binding(adoptions(), entity) if each.in_force_from <= at]
    if len(bound) < 2:
        return None
    chain = chain_of(bound[1].digest)
    below = chain.packs[:-1]
    is_newer = is_overlay(chain) and below != onto.base.packs and below[-1].name == onto.base.packs[-1].name
    return overlay_of(chain) if is_newer else None
