"""What is still missing before a concern can be told, taken and worked on: what an administrator looks at first."""

from dataclasses import dataclass
from datetime import datetime

from hearth.access.rules import may
from hearth.access.terms import Act, Viewer
from hearth.housing.imports.uploads import imports_so_far
from hearth.outbound.queries.on_call import on_call
from hearth.pathway.administering.posts_here import overview


@dataclass(frozen=True)
class Missing:
    """How far the house is: posts that the policy requires and nobody holds, who is rung, whether homes are known."""

    posts: int
    waiting: int
    nobody_on_call: bool
    no_register: bool

    @property
    def is_something(self) -> bool:
        return bool(self.posts or self.nobody_on_call or self.no_register)


def still_missing(viewer: Viewer, *, at: datetime) -> Missing:
    """What is missing now, for whoever keeps users and posts. Homes only for somebody who could bring them in."""
    here = overview(viewer, at=at)
    keeps_register = may(viewer.parts, Act.IMPORT_REGISTER)
    return Missing(
        posts=len(here.vacancies),
        waiting=len(here.asked),
        nobody_on_call=not on_call(at),
        no_register=keeps_register and not imports_so_far(viewer, limit=1),
    )
