"""Codes of the policy in force, and colleagues by their ids: what other operations take."""

from typing import Annotated

from ninja import Query

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.people_here import WATCHERS
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import policy as shapes
from hearth.api.words import READABLE
from hearth.organisation.queries import colleagues as everybody
from hearth.organisation.queries import companies
from hearth.partners.bases import offered
from hearth.policy.durations import local_day
from hearth.policy.packs.words import WordList
from hearth.timescales.standing import pack_for_me, pack_of_company
from hearth.triage.factors import factor, factors_in
from hearth.triage.levels import levels_in

TAG = "Codes"
LONGEST_NUMBER = 20


Of = Annotated[
    str | None,
    READABLE,
    Query(
        None, max_length=LONGEST_NUMBER,
        description="A company of the group, by its number among `companies`: the policy that holds for its records. "
        "Left out, that of whoever the token acts for.",
    ),
]  # fmt: skip


@operation("GET", "/policy", Act.READ_OWN_CONCERNS, *Scope, gives={200: shapes.Policy}, tag=TAG)
def policy_codes(request: Asked, company: Of) -> shapes.Policy:
    """The policy in force for whoever asks, or for a company: signs, decisions, kinds of harm and clauses.

    A record's own answer says whose policy holds for it. Any scope opens it.
    """
    known = {str(pk): name for pk, name in companies().items()}
    if company is not None and company not in known:
        raise Wrong("company", "The group has no company of this number. Choose one of `companies`, or leave it out.")
    now = clock.now()
    pack = pack_for_me(now) if company is None else pack_of_company(int(company), now)
    bases = offered(pack, local_day(now))
    return shapes.Policy(
        name=pack.name, title=pack.title, version=pack.version,
        signs=[shapes.Coded(code=each.code, label=each.label) for each in pack.signs.values()],
        decisions=[shapes.Coded(code=each.code, label=each.label) for each in pack.decisions.values()],
        harms=_harms(pack.words_in("abuse_type")),
        factors=[
            shapes.Coded(code=factor(listed, each.code), label=each.label)
            for listed, words in factors_in(pack).items()
            for each in words
        ],
        levels=[shapes.Coded(code=each.code, label=each.label) for each in levels_in(pack)],
        bases=[shapes.Coded(code=each.id, label=each.with_its_law) for each in bases.first],
        special_bases=[shapes.Coded(code=each.id, label=each.with_its_law) for each in bases.special],
        override_grounds=_coded(pack.words.get("override_ground")),
        clauses=[shapes.Coded(code=each.id, label=each.text) for each in pack.clauses.values()],
        companies=[shapes.Coded(code=code, label=name) for code, name in known.items()],
    )  # fmt: skip


def _coded(listed: WordList | None) -> list[shapes.Coded]:
    return [shapes.Coded(code=each.code, label=each.label) for each in listed.words] if listed else []


def _harms(listed: WordList) -> list[shapes.Harm]:
    return [
        shapes.Harm(
            code=each.code, label=each.label, earlier=list(each.legacy), means=each.means,
            national=dict(listed.nationals_of(each.code)),
        )
        for each in listed.words
    ]  # fmt: skip


@operation(
    "GET", "/colleagues", Act.SEE_MY_WORK, Scope.TRIAGE, Scope.CASES_WRITE, gives={200: shapes.Colleagues}, tag=TAG
)
def colleagues(request: Asked) -> shapes.Colleagues:
    """Colleagues who may be offered a case, own an action or keep watch."""
    found = everybody(WATCHERS, at=clock.now())
    return shapes.Colleagues(
        colleagues=[shapes.ColleagueHere(id=each.public_id, name=each.name, post=each.post) for each in found]
    )
