"""Every form as a person fills it in: what the page brought, and an answer to each of its questions.

Whoever may not do an act is refused the act itself, and not a form with nothing in it. The forms are read from the
pages, so that a new one is filled in without being listed; what a row needs besides stands in its `fill`.
"""

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser

from access.matrix.asking import OPEN, ask, expected, path_of, undone
from access.matrix.people import Column
from access.matrix.record import Filled
from access.matrix.routes import Row
from access.matrix.world import World

WORDS = "It is warm and dry now, and they know whom to ring."
# By the end of a name. A day that is to come: what lies behind, a row says by itself.
ANSWERS = {"-day": "15", "-month": "6", "-year": "2027", "time": "09:00"}
TYPED = {"text", "search", "email", "tel", "number", "hidden", "password"}
Asked = Mapping[str, str | None]


class Forms(HTMLParser):
    """What the forms of a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.every: list[dict[str, object]] = [{}]
        self._inside = self._area = self._select = ""

    @property
    def filled(self) -> dict[str, object]:
        """The one being read."""
        return self.every[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "form":
            self._inside = told.get("method") or "get"
            if self._inside == "post":
                self.every.append({})
        elif self._inside != "post":
            return
        elif tag == "option":
            self._choose(told)
        else:
            self._area = name if tag == "textarea" else ""
            self._select = name if tag == "select" else self._select
            if name and tag == "input":
                self._answer(name, told)
            elif name and tag == "button":
                self.filled.setdefault(name, told.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.filled[self._area] = data.strip() or WORDS

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.filled.setdefault(self._area, WORDS)
            self._area = ""
        elif tag == "form":
            self._inside = ""

    def _choose(self, told: Asked) -> None:
        if told.get("value") and ("selected" in told or not self.filled.get(self._select)):
            self.filled[self._select] = told["value"]

    def _answer(self, name: str, told: Asked) -> None:
        kind, value = told.get("type") or "text", told.get("value") or ""
        if kind in ("radio", "checkbox"):
            if "checked" in told or name not in self.filled:
                self.filled[name] = value
        elif kind in TYPED:
            typed = next((answer for end, answer in ANSWERS.items() if name.endswith(end)), WORDS[:20])
            self.filled[name] = value or ("" if kind == "hidden" else typed)


def filled_in(world: World, everybody: Mapping[str, Column], rows: Iterable[Row]) -> dict[tuple[str, str], Filled]:
    """The form of each address and record, as somebody fills it in who may and to whom the policy shows one."""
    found: dict[tuple[str, str], Filled] = {}
    for row, of in _with_a_form(rows):
        for who in everybody.values():
            if expected(world, row, "GET", who, of) == expected(world, row, "POST", who, of) == OPEN:
                found[row.name, of] = max(found.get((row.name, of), {}), _read(world, row, of, who), key=len)
                if len(found[row.name, of]) > 1:  # more than the token every form carries
                    break
    return found


def _with_a_form(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    for row in rows:
        if row.methods >= {"GET", "POST"} and not row.own_answer:
            yield from ((row, of) for of in row.of or ("",))


def _read(world: World, row: Row, of: str, who: Column) -> Filled:
    with undone():
        page = ask(who, "GET", path_of(row, world, world.records[of].public_id if of else None))
    forms = Forms()
    forms.feed(page.body)
    return max(forms.every, key=len)  # the others are ways out of the page
