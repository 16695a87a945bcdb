"""An action that is given to somebody else, or dropped because it is no longer needed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from hearth.access.operations import check
from hearth.access.queries import parts_in
from hearth.access.rules import LEADS
from hearth.access.terms import Act, Part, Viewer
from hearth.cases.models import Action
from hearth.cases.operations.working import (
    require_may_do,
    require_open,
    require_to_do,
    require_words,
    still_to_do,
    tell_owner,
)
from hearth.cases.queries import to_drop
from hearth.concerns.terms import MOST_SHORT, NotComplete
from hearth.ledger.terms import Fact
from hearth.organisation.queries import held_a_part
from hearth.outbound.operations.notices import take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.timescales.operations import happened

LEADING = LEADS | {Part.ALLEGATION_DEPUTY}  # who stands in the lead's place in a record about the lead


@transaction.atomic
def give_action(action: Action, *, to: int, words: str = "", by: Viewer, at: datetime) -> None:
    """Give an action to somebody else who works on the case. Its day stays: nobody gains time by it."""
    check(by, Act.WORK_CASE, action)
    require_open(action.case)
    require_to_do(action, "owner")
    if to == action.owner_id:
        raise NotComplete("owner", "They have this action already. Choose somebody else")
    require_may_do(action.case, to, at)
    if words.strip():
        require_words("words", words, "", MOST_SHORT)
    given = still_to_do(action).filter(owner_id=action.owner_id).update(owner_id=to, version=F("version") + 1)
    if not given:
        raise NotComplete("owner", "Somebody else gave, finished or dropped this action meanwhile. Look at it again")
    action.refresh_from_db()
    take_as_read(action.public_id, NoticeWords.ACTION_GIVEN, at=at)
    facts: dict[str, Fact] = {"owner": to, "case": action.case_id}
    typed = {"action": action.text, **({"words": words} if words.strip() else {})}
    happened("action.given", about=action, by=by, at=at, facts=facts, words=typed)
    tell_owner(action, by=by, at=at)


@transaction.atomic
def drop_action(action: Action, *, why: str, by: Viewer, at: datetime) -> None:
    """Say that an action is no longer needed, and why. Its limit ends unkept, and closing waits for it no longer."""
    check(by, to_drop(action, by), action)
    require_open(action.case)
    require_words("why", why, "Write why it is no longer needed", MOST_SHORT)
    require_to_do(action, "why")
    _asked_for_by_no_lead(action, by)
    dropped = still_to_do(action).update(
        dropped_at=at, dropped_by_id=by.id, dropped_why=why, version=F("version") + 1
    )  # fmt: skip
    if not dropped:
        raise NotComplete("why", "Somebody has already finished or dropped this action")
    take_as_read(action.public_id, NoticeWords.ACTION_GIVEN, at=at)
    words = {"action": action.text, "why": why}
    happened("action.dropped", about=action, by=by, at=at, facts={"case": action.case_id}, words=words)
    action.refresh_from_db()


def _asked_for_by_no_lead(action: Action, by: Viewer) -> None:
    """What a lead wants done before a case closes is not dropped by whoever wants to close it."""
    if not parts_in(by, action).isdisjoint(LEADS):
        return
    if action.added_by_id != by.id and held_a_part(action.added_by_id, LEADING, at=action.added_at):
        raise NotComplete("why", "A lead put this on the plan. Ask a lead to drop it")
