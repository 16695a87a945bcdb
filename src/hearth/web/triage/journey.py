"""The steps of one decision with what was typed into each, kept on the server for its writer alone.

Each step is a draft of its own, so that a step posted when the session had ended replaces nothing but itself.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from hearth.access.terms import Viewer
from hearth.drafts.operations import finish_draft
from hearth.drafts.queries import drafts_of
from hearth.triage.terms import Outcome
from hearth.web.forms import row_named
from hearth.web.triage.offered import Offered
from hearth.web.triage.steps import DecisionStep, ReasonsStep, ReferralStep
from hearth.web.triage.who import ABOUT_ADULTS, AdultStep, WhoStep

CHECK = "check"
FORMS: Mapping[str, Callable[..., forms.Form]] = {
    "who": WhoStep,
    "adult": AdultStep,
    "decision": DecisionStep,
    "referral": ReferralStep,
    "reasons": ReasonsStep,
}


@dataclass(frozen=True)
class Journey:
    """One viewer's way through one decision: `rounds` tells a second decision on the same concern from the first."""

    viewer: Viewer
    concern: uuid.UUID
    rounds: int
    offered: Offered
    now: datetime
    typed: Mapping[str, QueryDict]
    judged: dict[str, forms.Form] = field(default_factory=dict)

    @property
    def form(self) -> str:
        """The name under which its drafts are kept."""
        return form_of(self.concern)

    def key(self, step: str) -> uuid.UUID:
        """The key of one step's draft; of the decision itself for the last."""
        return key_of(self.viewer, self.concern, self.rounds, step)

    def steps(self) -> Sequence[str]:
        """The steps this decision needs, by what was answered so far."""
        needed = {"adult": self.told("who", "subject") in ABOUT_ADULTS, "referral": self.refers}
        return [step for step in FORMS if needed.get(step, True)]

    @property
    def refers(self) -> bool:
        if self.offered.others_refer:
            return False
        told = self.told("decision", "refers"), self.told("decision", "outcome")
        return told[0] == "yes" or told[1] == Outcome.REFER_NOW

    def told(self, step: str, field: str) -> str:
        """An answer as it was typed."""
        return self.typed[step].get(field, "") if step in self.typed else ""

    def bound(self, step: str, data: QueryDict | None = None) -> forms.Form:
        """One step's form with what was typed, judged. What is kept is judged once."""
        if data is not None:
            return self._made(step, data=data)
        if step not in self.judged:
            self.judged[step] = self._made(step, data=self.typed.get(step, QueryDict()))
        return self.judged[step]

    def shown(self, step: str) -> forms.Form:
        """One step's form with what was typed, not judged."""
        form, data = self._made(step), self.typed.get(step)
        if data is not None:
            for name, field in form.fields.items():
                form.initial[name] = field.widget.value_from_datadict(data, {}, name)
        return form

    def first_open(self) -> str:
        """The first step that is not complete, or the check."""
        return next((step for step in self.steps() if not self.bound(step).is_valid()), CHECK)

    def after(self, step: str) -> str:
        steps = [*self.steps(), CHECK]
        return steps[steps.index(step) + 1]

    def before(self, step: str) -> str:
        """The step before, or nothing where there is none."""
        steps = [*self.steps(), CHECK]
        return steps[steps.index(step) - 1] if step in steps[1:] else ""

    def with_typed(self, step: str, data: QueryDict) -> "Journey":
        """The same with a step as it was just typed."""
        typed = {**self.typed, step: data}
        offered = about(self.offered, data) if step == "who" else self.offered
        return replace(self, typed=typed, offered=offered, judged={})

    def finish(self) -> None:
        """The decision is made: nothing of it waits any more."""
        finish_draft(*(self.key(step) for step in FORMS), by=self.viewer, at=self.now)

    def _made(self, step: str, **options: Any) -> forms.Form:
        return FORMS[step](offered=self.offered, **options)


def begun(
    viewer: Viewer, concern: uuid.UUID, *, rounds: int, offer: Callable[[Sequence[int]], Offered], now: datetime
) -> Journey:
    """The journey as far as it was typed. `offer` says what is offered, told whom the decision names so far."""
    steps = {key_of(viewer, concern, rounds, step): step for step in FORMS}
    kept = drafts_of(viewer, at=now, form=form_of(concern))
    typed = {steps[draft.form_key]: as_posted(draft.fields) for draft in kept if draft.form_key in steps}
    chosen = typed.get("decision", QueryDict())
    typed_ids = [chosen.get(field, "") for field in ("watch_owner", "hand_to")]
    named = [number for each in typed_ids if (number := row_named(each))]
    return Journey(viewer, concern, rounds, about(offer(named), typed.get("who", QueryDict())), now, typed)


def about(offered: Offered, who: QueryDict) -> Offered:
    """What is offered, knowing whom it is about and of what harm."""
    return replace(offered, subject=who.get("subject", ""), harm=who.get("harm", ""))


def as_posted(fields: Mapping[str, Sequence[str]]) -> QueryDict:
    """A draft's fields as a form takes them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, list(values))
    return data


def form_of(concern: uuid.UUID) -> str:
    return f"decide-{concern}"


def key_of(viewer: Viewer, concern: uuid.UUID, rounds: int, step: str) -> uuid.UUID:
    return uuid.uuid5(concern, f"{viewer.id}:{rounds}:{step}")
