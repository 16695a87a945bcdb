"""Somebody who asks for rows, and what the house made of him: the words in which the rules of rows are said."""

from dataclasses import dataclass

from access.oracle import Grant, Somebody, mine
from access.rows import KEY, House, Row
from hearth.access.rules import is_broad, may
from hearth.access.terms import Act, Part

BROAD, NARROW, HOUSE = "hearth_broad", "hearth_narrow", "hearth_house"
THE_HOUSE = Somebody(0, "the house")
REACHES = ("full", "own_words", "marker", "one_item")


@dataclass(frozen=True)
class Me:
    """Somebody who asks, under one of the roles that choose a plan."""

    house: House
    who: Somebody
    role: str

    @property
    def id(self) -> int | None:
        return self.who.id if self.who.active and self.who is not THE_HOUSE else None

    @property
    def is_the_house(self) -> bool:
        return self.who is THE_HOUSE

    @property
    def parts(self) -> frozenset[Part]:
        return self.who.parts if self.id else frozenset()

    def may(self, act: Act) -> bool:
        return may(self.parts, act)

    def places(self, reach: str) -> list[Grant]:
        return mine(self.house.world, self.who, reach) if self.id else []

    def is_in(self, circle: int) -> bool:
        full = {grant.circle for grant in self.places("full")}
        joined = {joined for case, joined, live in self.house.world.links if live and case in full}
        return circle in full | joined

    def is_shut_out(self, circle: int) -> bool:
        return self.id is not None and (self.id, circle) in self.house.world.shut

    def by_rank(self, circle: int) -> bool:
        return is_broad(self.parts) and not self.house.world.restricted[circle]

    def reaches(self, circle: int) -> bool:
        """The one rule of every table made by protect(). The narrow plan leaves rank out."""
        by_rank = self.role == BROAD and self.by_rank(circle)
        return not self.is_shut_out(circle) and (by_rank or self.is_in(circle))

    def knows_of(self, circle: int) -> bool:
        """By any reach, or by rank; the role makes no difference."""
        placed = any(grant.circle == circle for reach in REACHES for grant in self.places(reach))
        return not self.is_shut_out(circle) and (self.is_in(circle) or self.by_rank(circle) or placed)

    def has_a_place(self, circle: int, *reaches: str) -> bool:
        return not self.is_shut_out(circle) and any(
            grant.circle == circle for reach in reaches for grant in self.places(reach)
        )

    def told_something_in(self, circle: int) -> bool:
        """In one's own name: a place for one's own words is never a part's."""
        own = any(grant.circle == circle and grant.user == self.id for grant in self.places("own_words"))
        return own and not self.is_shut_out(circle)

    def is_let_in_to(self, kind: str, row: Row) -> bool:
        let_in = [grant for grant in self.house.items.get(kind, []) if grant.live and grant.item == row["id"]]
        return any(grant.user == self.id and not self.is_shut_out(grant.circle) for grant in let_in)

    @property
    def sent_concerns(self) -> set[int]:
        """What he sent by a link with the key he holds."""
        return {
            concern["id"]
            for concern in self.house.rows["concerns_concern"]
            if concern["reported_by_id"] == self.id and concern["link_id"] and str(concern["idempotency_key"]) == KEY
        }
