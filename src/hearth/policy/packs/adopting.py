"""What a policy says of its own adoption: who must approve it, and who must have read and understood it by when."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hearth.policy.durations import Duration
from hearth.policy.packs.documents import Approval
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place, Rung
from hearth.policy.packs.workforce import EVERYBODY
from hearth.policy.terms import Force

if TYPE_CHECKING:
    from hearth.policy.packs.pack import Pack


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom the policy asks to read it, how long they have, and when they are reminded."""

    audience: tuple[str, ...]
    within: Duration
    remind: tuple[Rung, ...]
    clause: str
    force: Force
    place: Place

    @property
    def is_for_everybody(self) -> bool:
        return EVERYBODY in self.audience


@dataclass(frozen=True, slots=True)
class Step:
    """One approval. Of a post, of a part, or of a body outside Hearth whose decision somebody records."""

    name: str
    post: str = ""
    part: str = ""
    comment: bool = False
    within: Duration | None = None
    remind: tuple[Rung, ...] = ()

    @property
    def is_outside(self) -> bool:
        return bool(self.name) and not self.post and not self.part


# Where a policy names nobody: one other person who may approve policies.
SECOND_PERSON = Step("")


def reading(table: Table) -> Reading:
    return Reading(
        audience=table.texts("audience") or (EVERYBODY,),
        within=table.duration("within"),
        remind=table.rungs("remind"),
        clause=table.text("clause"),
        force=table.choice("force", Force, Force.DEFAULT),
        place=table.place,
    )


def steps_of(pack: "Pack", parts: Collection[str]) -> tuple[Step, ...]:
    """The approvals the policy's documents name, in the order they are written, each once."""
    named = [_step(written, pack, parts) for document in pack.documents.values() for written in document.approvals]
    once = {(step.name, step.post, step.part): step for step in reversed(named)}
    return tuple(reversed(once.values())) or (SECOND_PERSON,)


def _step(written: Approval, pack: "Pack", parts: Collection[str]) -> Step:
    plain = (written.post or written.by).strip().casefold()
    post = next((each for each in pack.posts.values() if plain in (each.id, each.title.casefold())), None)
    whose = Step(written.by, comment=written.comment, within=written.within, remind=written.remind)
    if post is not None:
        return replace(whose, name=(written.post and written.by) or post.title, post=post.id)
    return replace(whose, part=plain) if plain in parts else replace(whose, comment=True)
