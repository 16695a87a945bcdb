"""On every page there is: each question the policy asks, and each day something is due by, stand beside a clause."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import psycopg
import pytest
from django import forms
from django.utils.html import escape

from access.matrix.asking import OPEN, ask, expected, path_of, undone
from access.matrix.leading import Page, page_of
from access.matrix.people import Column
from access.matrix.routes import EVERY_ROW
from access.matrix.world import World
from hearth.access.clock import now
from hearth.web import citing
from hearth.web.words import day, deadline, moment
from policy.test_word_lists import forms_asking

ADULT = {"subject": "adult", "children_in_household": "no", "domestic_abuse": "no"}
# The steps of a decision: where each stands, and what is answered before it, in which step.
AFTER: Mapping[str, Sequence[tuple[str, str, Mapping[str, str]]]] = {
    "decide_concern": (
        ("?step=who", "", {}),
        ("?step=adult", "?step=who", ADULT),
        ("?step=decision", "", {}),
        ("?step=referral", "?step=decision", {"outcome": "refer_now"}),
        ("?step=reasons", "", {}),
    )
}
# The lists in which promises stand. Other pages have days of their own: a shift, the day by which a policy is
# to be read (on My work too).
LISTS = {"due", "queue", "watches", "cases", "waiting_for_others", "hazards"}
AT_ONCE = (("", "", {}),)
# What is asked only once something was looked for.
LOOKED_FOR: Mapping[str, Mapping[str, str]] = {
    f"{kind}_add_person": {"name": "Somebody new", "do": "look"} for kind in ("concern", "case")
}
# In this world no limit ran over, and no step of the enquiry that was begun rests on a clause; of a marker's forms the
# two that are shown are asked for.
NO_PAGE = {
    "hearth.web.limits.forms.WhyLateForm",
    "hearth.web.partners.processes.StepForm",
    "hearth.web.people.markers.MarkerForm",
}


@dataclass
class Seen:
    """One page as somebody saw it, with the forms that were put under a policy for it."""

    what: str
    page: Page
    has_promises: bool
    put: list[forms.Form] = field(default_factory=list)


@pytest.fixture(scope="module")
def pages(world: World, everybody: dict[str, Column]) -> list[Seen]:
    """Every page of the world about every record, as the first who may open it sees it."""
    return list(_looked_at(world, everybody))


def _looked_at(world: World, everybody: Mapping[str, Column]) -> Iterator[Seen]:
    put: list[forms.Form] = []
    asked = citing.questions_of

    def noting(form: forms.Form) -> citing.Questions:
        put.append(form)
        return asked(form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(citing, "questions_of", noting)
        for row in EVERY_ROW:
            for of in row.of or ("",) if row.get is not None else ():
                who = _whoever_may(world, everybody, row, of)
                if who is None:
                    continue
                path = path_of(row, world, world.records[of].public_id if of else None)
                with undone():
                    for more, before, answers in AFTER.get(row.name, AT_ONCE):
                        if before:
                            ask(who, "POST", path + before, {**answers, "act": "leave"})
                        put.clear()
                        looked_for = LOOKED_FOR.get(row.name)
                        how = ("POST", path, dict(looked_for)) if looked_for else ("GET", path + more)
                        answer = ask(who, *how)
                        if answer.status == 200 and "<main" in answer.body:
                            told = row.name in LISTS if not of else not world.records[of].everybody and of != "reading"
                            yield Seen(f"{row.name}{more} {of} by {who.name}", page_of(answer.body), told, _each(put))


def _each(put: list[forms.Form]) -> list[forms.Form]:
    return list({id(form): form for form in put}.values())


def _whoever_may(world: World, everybody: Mapping[str, Column], row, of: str) -> Column | None:
    return next((who for who in everybody.values() if expected(world, row, "GET", who, of) == OPEN), None)


def uncited(seen: Seen) -> list[str]:
    """Every question of a page that rests on a clause without leading to it, or on none without saying whose it is."""
    return [
        f"{seen.what}: {rests.label}"
        for form in seen.put
        for name, rests in getattr(form, "rests", {}).items()
        if name in form.fields and not _is_said(seen.page, rests)
    ]


def _is_said(page: Page, rests: citing.Rests) -> bool:
    if rests.clauses:
        return page.leads_from(f"on “{rests.label}”")
    return str(citing.BY_HEARTH) in page.text


def test_every_question_a_policy_asks_on_a_page_leads_to_its_clause(pages: list[Seen]) -> None:
    assert [each for seen in pages for each in uncited(seen)] == []
    asked = {type(form) for seen in pages for form in seen.put if getattr(form, "rests", {})}
    left = {f"{each.__module__}.{each.__name__}" for each in set(forms_asking()) - asked}
    assert left <= NO_PAGE, "no page showed it"


def test_a_question_without_its_clause_is_found(pages: list[Seen]) -> None:
    """The control."""
    seen = next(seen for seen in pages if seen.what.startswith("close_case"))
    bare = Seen(
        seen.what, page_of(seen.page.body.replace(f"on “{escape('How did the case end?')}”", "")), True, seen.put
    )
    assert uncited(bare) == [f"{seen.what}: How did the case end?"]


def test_a_question_of_no_clause_that_does_not_say_so_is_found(pages: list[Seen]) -> None:
    """The control."""
    alone = [seen for seen in pages for form in seen.put for rests in form.rests.values() if not rests.clauses]
    seen = alone[0]
    bare = Seen(seen.what, page_of(seen.page.body.replace(escape(str(citing.BY_HEARTH)), "")), True, seen.put)
    assert uncited(seen) == []
    assert len(uncited(bare)) == 1


def due_days(tables: psycopg.Connection) -> set[str]:
    """By when something is due, in the words pages have for it. Of days only those after today: today stands on pages
    of its own right, and by night a promise may end on it."""
    rows = tables.execute("""
        select due_at, due_day from timescales_clock c where due_at > now() and not exists (
          select from ledger_entry e where date_trunc('minute', e.happened_at) = date_trunc('minute', c.due_at))
    """).fetchall()  # the moment something happened may be the one something else was due
    at: set[datetime] = {at for at, _day in rows}
    days: set[date] = {found for _at, found in rows if found and found > now().date()}
    return {*map(day, days), *map(moment, at), *map(deadline, at)}


def test_every_day_by_which_a_promise_is_due_stands_beside_its_clause(pages: list[Seen], tables) -> None:
    dues = due_days(tables)
    told = [(seen, due) for seen in pages if seen.has_promises for due in dues if due in seen.page.text]
    assert len({seen.what for seen, _due in told}) > 8, "the control: pages say by when"
    assert "\n".join(f"{seen.what}: {due}" for seen, due in told if seen.page.bare(due)) == ""


def test_a_day_without_its_clause_is_found() -> None:
    """The control."""
    bare = page_of(
        "<main><ul><li>By 3 May 2027</li><li>By 4 May 2027 <a href='/promises/2'>Clause 2</a></li></ul></main>"
    )
    assert bare.bare("3 May 2027")
    assert not bare.bare("4 May 2027")
