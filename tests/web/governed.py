"""Every form that asks something for the policy's sake, made as its page makes it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from hearth.partners.terms import STEPS
from hearth.policy.packs import Pack
from hearth.timescales.terms import Need
from hearth.triage.levels import Levels
from hearth.web.administration.emergencies import ReviewForm as EmergencyForm
from hearth.web.cases.action_forms import ActionForm, DropForm, FinishForm, PlanForm
from hearth.web.cases.closing_form import CloseForm
from hearth.web.cases.forms import (
    ContactForm,
    HandOverForm,
    HowItWasForm,
    OfferedForm,
    ReopenForm,
    ReviewForm,
    RiskForm,
    SupportForm,
)
from hearth.web.cases.places import JoinForm
from hearth.web.citing import Governed
from hearth.web.concerns.forms import ConcernForm, WorryForm
from hearth.web.concerns.homes import Found
from hearth.web.limits.forms import WhyLateForm
from hearth.web.partners.forms import AgreedForm, AnswerForm, ChaseForm, HappenedForm, ReasonForm, ReferForm
from hearth.web.partners.processes import BeginForm, HighRiskForm, StepForm
from hearth.web.people.forms import AddForm
from hearth.web.people.markers import ChangeForm, MarkerForm, PutForm
from hearth.web.triage.forms import AnswerForm as WorryAnswerForm
from hearth.web.triage.homes import HomeForm, UnsafeForm
from hearth.web.triage.offered import Offered
from hearth.web.triage.steps import DecisionStep, ReasonsStep, ReferralStep
from hearth.web.triage.watches import WatchForm
from hearth.web.triage.who import AdultStep, WhoStep
from hearth.web.work.emergencies import EmergencyForm as OpeningForm
from hearth.web.work.hazards import ClassifyForm
from hearth.web.work.hazards import StepForm as HazardForm

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
# Asked on closing where something ran late, or still runs elsewhere.
LATE = [Need(name, "", "", is_certain=False) for name in ("breach_reason", "watched_reason_given")]
CONFERENCE = next(step for steps in STEPS.values() for step in steps if step.act == "case.conference_held")

type Made = Callable[[Pack], Governed]


def offered(pack: Pack) -> Offered:
    listed = pack.words_in(pack.triage.levels) if pack.triage and pack.triage.levels else None
    levels = Levels(listed, pack.triage.clause, "") if listed and pack.triage else None
    return Offered(pack, (), (), levels=levels)


MADE: Mapping[type[Governed], Made] = {
    CloseForm: lambda _: CloseForm(needs=LATE),
    PlanForm: lambda _: PlanForm(people=[]),
    ActionForm: lambda _: ActionForm(),
    RiskForm: lambda _: RiskForm(),
    ContactForm: lambda _: ContactForm(),
    HazardForm: lambda _: HazardForm(),
    ConcernForm: lambda pack: ConcernForm(signs=pack.signs.values(), found=Found()),
    WhyLateForm: lambda _: WhyLateForm(grounds=[]),
    ReferForm: lambda pack: ReferForm(pack=pack, now=AT),
    AnswerForm: lambda pack: AnswerForm(pack=pack, now=AT),
    AgreedForm: lambda pack: AgreedForm(pack=pack, now=AT),
    BeginForm: lambda pack: BeginForm(pack=pack),
    StepForm: lambda pack: StepForm(step=CONFERENCE, pack=pack),
    WhoStep: lambda pack: WhoStep(offered=offered(pack)),
    AdultStep: lambda pack: AdultStep(offered=offered(pack)),
    DecisionStep: lambda pack: DecisionStep(offered=offered(pack)),
    ReasonsStep: lambda pack: ReasonsStep(offered=replace(offered(pack), subject="child")),
    ReferralStep: lambda pack: ReferralStep(offered=offered(pack)),
    WatchForm: lambda _: WatchForm(),
    ClassifyForm: lambda _: ClassifyForm(),
    ReviewForm: lambda _: ReviewForm(),
    HandOverForm: lambda _: HandOverForm(people=[]),
    OfferedForm: lambda _: OfferedForm(),
    HowItWasForm: lambda _: HowItWasForm(),
    SupportForm: lambda _: SupportForm(),
    ReopenForm: lambda _: ReopenForm(),
    FinishForm: lambda _: FinishForm(),
    DropForm: lambda _: DropForm(),
    HighRiskForm: lambda _: HighRiskForm(),
    HomeForm: lambda _: HomeForm(found=Found(), has_home=False),
    UnsafeForm: lambda _: UnsafeForm(told_at=""),
    AddForm: lambda _: AddForm(found=(), ages=""),
    MarkerForm: lambda _: MarkerForm(),
    PutForm: lambda _: PutForm(on=[]),
    ChangeForm: lambda _: ChangeForm(),
    ChaseForm: lambda _: ChaseForm(now=AT),
    HappenedForm: lambda _: HappenedForm(did="referral.acknowledged", now=AT),
    ReasonForm: lambda _: ReasonForm(does="referral.challenged"),
    WorryAnswerForm: lambda _: WorryAnswerForm(),
    EmergencyForm: lambda _: EmergencyForm(),
    OpeningForm: lambda _: OpeningForm(),
    JoinForm: lambda _: JoinForm(),
    WorryForm: lambda _: WorryForm(),
}
