"""What a row of the matrix stands for: something with an address, and who may know of it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from hearth.access.terms import Part

Filled = Mapping[str, object]


@dataclass(frozen=True)
class Record:
    """Something with an address. `parts` are the places people hold in it, `posts` those that whole posts hold; `own`
    are people who may know of it by a lesser reach, and as what."""

    public_id: uuid.UUID
    open_to_posts: bool = True  # a restricted record is open to no post
    parts: Mapping[str, Part] = field(default_factory=dict)
    posts: Mapping[Part, Part] = field(default_factory=dict)
    own: Mapping[str, Part] = field(default_factory=dict)
    shut_to: frozenset[str] = frozenset()
    everybody: bool = False  # not confidential: the act alone decides
