"""The decision on a concern, and what is begun with it in the same breath."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.people_here import WATCHERS, colleague_id
from hearth.api.door import Asked
from hearth.api.house import Wrong, one_key, operation
from hearth.api.once import IdempotencyKey
from hearth.api.shapes.decisions import Decided, Deciding
from hearth.api.shapes.referrals import Consent, Referring
from hearth.cases.planned import TEAM
from hearth.cases.queries import case_for
from hearth.concerns.queries import AConcern, concern_for
from hearth.partners.terms import Asked as AskedOfAgency
from hearth.pathway.deciding import Begin, decide_concern
from hearth.timescales.standing import pack_for
from hearth.triage.deciders import deciders_on
from hearth.triage.terms import Judgement, Limbs, Outcome

SAME = (
    "outcome", "why", "clause", "subject", "children_in_household", "domestic_abuse", "adult_wishes_only", "detail",
    "feedback", "hold_feedback",
)  # fmt: skip


@operation(
    "POST",
    "/concerns/{uuid:concern_id}/decision",
    Act.TRIAGE_CONCERN,
    Scope.TRIAGE,
    gives={201: Decided},
    tag="Triage",
)
def decide_on_concern(
    request: Asked, concern_id: uuid.UUID, deciding: Deciding, idempotency_key: IdempotencyKey
) -> Status[Decided]:
    """Decide on a concern, with reasons, and begin what was decided: all of it or nothing.

    The policy may want something first; then the answer names each clause. The same key twice decides once.
    """
    key = one_key(deciding.key, idempotency_key)
    concern = concern_for(request.viewer, concern_id, act=Act.TRIAGE_CONCERN)
    _fits(deciding, concern)
    done = decide_concern(
        concern, _judgement(deciding, concern), _begin(request, deciding), by=request.viewer, at=clock.now(), key=key
    )
    made = Decided(
        decision=done.decision.public_id, case=done.case.public_id if done.case else None,
        referral=done.referral.public_id if done.referral else None,
    )  # fmt: skip
    return Status(201, made)


def _fits(sent: Deciding, concern: AConcern) -> None:
    pack = pack_for(concern, clock.now())
    if sent.harm is not None and pack.words_in("abuse_type").word_of(sent.harm) is None:
        raise Wrong("harm", "Send a code of the policy's kinds of harm, or a word it has for one; see `policy`.")
    if sent.referral is not None:
        require_ground(sent.referral, "referral.override_why")


def require_ground(asked: Referring, where: str) -> None:
    """Refuse a referral against somebody's wish that does not say why."""
    if asked.consent is Consent.REFUSED and not asked.override_why:
        raise Wrong(where, "Write why you refer although they refused.")


def _with_whom(sent: Deciding, concern: AConcern) -> tuple[int, ...]:
    """Those who decided it too, of the people the policy has decide."""
    panel = deciders_on(concern, at=clock.now()) if sent.with_whom else None
    known = {each.public_id: each.id for each in panel.people} if panel else {}
    if not known.keys() >= set(sent.with_whom):
        raise Wrong("with_whom", "Send the ids of colleagues whom the policy has decide; see `colleagues`.")
    return tuple(known[each] for each in dict.fromkeys(sent.with_whom))


def _judgement(sent: Deciding, concern: AConcern) -> Judgement:
    watch = sent.watch if sent.outcome is Outcome.WATCH else None
    return Judgement(
        considered=tuple(dict.fromkeys(sent.considered)), child_decision=sent.child_decision or "",
        harm=_harm(sent, concern), level=sent.level or "",
        factors=tuple(dict.fromkeys(sent.factors)),
        limbs=Limbs(**sent.adult_test.model_dump()) if sent.adult_test else None,
        watch_owner_id=colleague_id(watch.owner, "watch.owner", WATCHERS) if watch else None,
        watch_until=watch.until if watch else None, with_whom=_with_whom(sent, concern),
        **{name: getattr(sent, name) for name in SAME},
    )  # fmt: skip


def _harm(sent: Deciding, concern: AConcern) -> str:
    """The code of the kind of harm that was sent, also where an older word of the policy was."""
    word = pack_for(concern, clock.now()).words_in("abuse_type").word_of(sent.harm or "")
    return word.code if word else ""


def _begin(request: Asked, sent: Deciding) -> Begin:
    opening = sent.open_case if sent.outcome is Outcome.OPEN_CASE else None
    join = case_for(request.viewer, sent.join) if sent.join and sent.outcome is Outcome.JOIN else None
    asked = agency_asked(sent.referral, sent.subject, now=sent.outcome is Outcome.REFER_NOW) if sent.referral else None
    if opening is None:
        return Begin(join=join, asked=asked, about_the_lead=sent.about_the_lead)
    return Begin(
        risk=opening.risk, risk_why=opening.risk_why or sent.why, what_matters=opening.what_matters, asked=asked,
        hand_to=colleague_id(opening.hand_to, "open_case.hand_to", TEAM) if opening.hand_to else None,
    )  # fmt: skip


def agency_asked(sent: Referring, subject: str, *, now: bool) -> AskedOfAgency:
    """What is asked, in the domain's words."""
    return AskedOfAgency(
        agency=sent.agency, how=sent.how, what=sent.what, consent=sent.consent.value, subject=subject,
        override_ground=sent.override_ground, override_why=sent.override_why, office=sent.office, is_immediate=now,
        basis=sent.basis, special_basis=sent.special_basis,
    )  # fmt: skip
