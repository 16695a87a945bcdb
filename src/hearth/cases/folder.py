"""What one page shows of a case: the newest of each list, read with one statement.

Written by Django list by list, the questions cost more than their answers. Row security holds for each part of it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.cases.kept import ORDERS
from hearth.cases.models import Action, Case, CaseConcern, Closure, Contact, Handover, Note, Review, RiskBand
from hearth.cases.terms import HandoverState, Kept
from hearth.concerns.models import Concern
from hearth.ledger.paging import Paged
from hearth.organisation.models import User

NEWEST = 25
ACTIONS = 100
READ = """
    with
    joined as (
      select j.*, to_jsonb(c) as concern from cases_caseconcern j join concerns_concern c on c.id = j.concern_id
      where j.case_id = %(case)s and j.split_at is null order by j.id
    ),
    actions as (
      select * from cases_action where case_id = %(case)s
      order by coalesce(done_at, dropped_at) is not null, coalesce(done_at, dropped_at) desc, due_on, id
      limit %(actions)s
    ),
    contacts as (
      select * from cases_contact where case_id = %(case)s order by happened_at desc, id desc limit %(newest)s
    ),
    notes as (select * from cases_note where case_id = %(case)s order by written_at desc, id desc limit %(newest)s),
    bands as (select * from cases_riskband where case_id = %(case)s order by set_at desc, id desc limit %(newest)s),
    reviews as (
      select * from cases_review where case_id = %(case)s order by reviewed_at desc, id desc limit %(newest)s
    ),
    -- The last offer, if it waits or was given back. Asked for what waits, PostgreSQL would read everybody's, which it
    -- takes for few.
    handovers as (
      select * from (
        select * from cases_handover where case_id = %(case)s order by offered_at desc, id desc limit 1
      ) last where state in ('offered', 'returned')
    ),
    -- The last asking to close it, if it waits or was not approved.
    closures as (
      select * from (
        select * from cases_closure where case_id = %(case)s order by asked_at desc, id desc limit 1
      ) last where approved_at is null
    )
    select
      array(select to_jsonb(joined) from joined), array(select to_jsonb(actions) from actions),
      array(select to_jsonb(contacts) from contacts), array(select to_jsonb(notes) from notes),
      array(select to_jsonb(bands) from bands), array(select to_jsonb(reviews) from reviews),
      array(select to_jsonb(handovers) from handovers), array(select to_jsonb(closures) from closures),
      array(
        select to_jsonb(u) from (select id, public_id, name, is_active, until from organisation_user) u where u.id in (
          select owner_id from actions union select recorded_by_id from contacts union select written_by_id from notes
          union select set_by_id from bands union select reviewed_by_id from reviews
          union select offered_to_id from handovers union select refused_by_id from closures
        )
      )
"""

type Row = Mapping[str, Any]


@dataclass(frozen=True)
class Folder:
    """Everything in a case that one page shows."""

    case: Case
    concerns: Sequence[CaseConcern]
    actions: Sequence[Action]
    contacts: Paged[Contact]
    notes: Paged[Note]
    risk_bands: Paged[RiskBand]
    reviews: Paged[Review]
    closure: Closure | None
    refused: Closure | None
    handover: Handover | None
    given_back: Handover | None

    def given_back_for(self, viewer: Viewer) -> Handover | None:
        """The last offer, where it was given back: for everybody while nobody has the case, else for who offered it."""
        last = self.given_back
        is_asked = last is not None and (self.case.owner_id is None or last.offered_by_id == viewer.id)
        return last if is_asked else None


def folder(viewer: Viewer, case: Case, *, newest: int = NEWEST) -> Folder:
    """What one page shows of a case. The people it names come with their public ids and names."""
    visible(Case.objects.none(), to=viewer, act=Act.READ_CASE, about=case)
    with connection.cursor() as cursor:
        cursor.execute(READ, {"case": case.pk, "newest": newest + 1, "actions": ACTIONS})
        read = [[json.loads(row) for row in rows] for rows in cursor.fetchone()]
    joined, actions, contacts, notes, bands, reviews, handovers, closures, people = read
    named = {each["id"]: _made(User, each) for each in people}
    last = next((_made(Handover, each, offered_to=named[each["offered_to_id"]]) for each in handovers), None)
    waits = last is not None and last.state == HandoverState.OFFERED
    asked = next((_made(Closure, each, refused_by=named.get(each["refused_by_id"])) for each in closures), None)

    def newest_of[M: models.Model](what: Kept, model: type[M], rows: Sequence[Row], by: str) -> Paged[M]:
        made = [_made(model, each, **{by: named[each[f"{by}_id"]]}) for each in rows]
        return ORDERS[what].first(made, limit=newest)

    return Folder(
        case=case,
        concerns=[_made(CaseConcern, each, concern=_made(Concern, each["concern"])) for each in joined],
        actions=[_made(Action, each, owner=named[each["owner_id"]]) for each in actions],
        contacts=newest_of(Kept.CONTACTS, Contact, contacts, "recorded_by"),
        notes=newest_of(Kept.NOTES, Note, notes, "written_by"),
        risk_bands=newest_of(Kept.RISKS, RiskBand, bands, "set_by"),
        reviews=newest_of(Kept.REVIEWS, Review, reviews, "reviewed_by"),
        closure=asked if asked is not None and asked.withdrawn_at is None else None,
        refused=asked if asked is not None and asked.refused_by_id is not None else None,
        handover=last if waits else None,
        given_back=None if waits else last,
    )


def _made[M: models.Model](model: type[M], row: Row, **related: models.Model | None) -> M:
    """A record as Django would have read it, with those it points at. What was not read is read when asked for."""
    names, values = [], []
    for field in _columns(model):
        if field.attname in row:
            names.append(field.attname)
            values.append(field.to_python(row[field.attname]))
    made = model.from_db(DEFAULT_DB_ALIAS, names, values)
    for name, record in related.items():
        setattr(made, name, record)
    return made


def _columns(model: type[models.Model]) -> Iterable["models.Field[Any, Any]"]:
    return model._meta.concrete_fields
