"""What the reporter told and what triage decided, in the words of their forms, for whoever reads the concern."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from hearth.concerns.queries import AConcern
from hearth.concerns.terms import AboutStaff, Known
from hearth.policy.packs import Pack
from hearth.policy.packs.naming import called
from hearth.triage.factors import labels_of
from hearth.triage.queries import ADecision
from hearth.triage.telling import to_tell
from hearth.triage.terms import FACTORS, LIMBS, Outcome
from hearth.web.concerns import questions as q
from hearth.web.triage.answers import in_words
from hearth.web.triage.who import AdultStep, WhoStep


def as_told(concern: AConcern, signs: Sequence[str], pack: Pack) -> list[tuple[str, str]]:
    """Every answer of the form beside its words. What follows from another answer stands only where it was given."""
    not_said = _("Not said")
    rows = [
        (_("Where"), concern.home.address if concern.home else concern.elsewhere or _("Not known")),
        *([(_("Where, as told"), concern.elsewhere)] if concern.home and concern.elsewhere else []),
        (_("Who, as told"), concern.who or not_said),
        (_("Children living there or visiting"), _children(concern.children_there) or _("Not asked")),
        (_("Signs"), "; ".join(signs) or _("None ticked")),
        (_("Something else"), concern.something_else or _("Nothing")),
        (_("Who lives there, as told"), _several(q.VULNERABLE, concern.vulnerable) or not_said),
        (_("Who told"), pack.label("who_told", concern.told_by, "") or _said(q.TOLD_BY, concern.told_by) or not_said),
        (_("May we contact them"), _yes_or_no(concern.may_contact) or not_said),
        (_("How to reach them safely"), concern.contact or not_said),
        (_("Does the person know we are told"), _said(q.KNOWS, concern.knows) or not_said),
    ]
    if concern.about_staff != AboutStaff.NO:
        about = _("About someone who works or volunteers for or with us")
        rows.append((about, _said(q.ABOUT_STAFF, concern.about_staff)))
    if concern.agreed:
        rows.append((_("Did they agree"), _said(q.AGREED, concern.agreed)))
    if concern.parent_told is not None:
        rows.append((_("Was a parent told"), _yes_or_no(concern.parent_told)))
    if concern.parent_why_not:
        rows.append((_("Why no parent was told"), concern.parent_why_not))
    return rows


def as_decided(decision: ADecision, pack: Pack) -> list[tuple[str, str]]:
    """Whom a decision is about, the adult test with what shows each part, and what it gave, as it was answered.

    `pack` is the policy of the time: it has the names of the test and of the kinds of harm.
    """
    rows = [
        (_("Who it is about"), _chosen(WhoStep, "subject", decision.subject)),
        (
            _("Children live there or visit"),
            _chosen(WhoStep, "children_in_household", decision.children_in_household),
        ),
        (_("Domestic abuse is part of it, or may be"), _yes_or_no(decision.domestic_abuse)),
        (_("Decided for each child"), _chosen(WhoStep, "child_decision", decision.child_decision)),
        (_("Kind of harm"), pack.label("abuse_type", decision.harm, decision.harm)),
        *_known(decision, pack),
        (_("Who is told of it"), " ".join(each.sentence for each in to_tell(pack, decision.harm, decision.subject))),
        *((called(pack, "adult_test", limb), _limb(decision, limb)) for limb in LIMBS),
        (_("Rests only on what the adults wish"), _yes_or_no(decision.adult_wishes_only)),
        (_given(decision.outcome), decision.detail),
    ]
    return [(question, answer) for question, answer in rows if answer]


def _known(decision: ADecision, pack: Pack) -> list[tuple[str, str]]:
    """What the policy looks for, as far as it was known."""
    asked = ((each, str(WhoStep.base_fields[each].label)) for each in FACTORS)
    return [(label, "; ".join(labels_of(decision.factors, each, pack))) for each, label in asked]


def _limb(decision: ADecision, limb: str) -> str:
    answer, shown = _chosen(AdultStep, limb, getattr(decision, limb)), getattr(decision, f"{limb}_why")
    return f"{answer}: {shown}" if shown else answer


def _given(outcome: str) -> str:
    """What the detail of a decision is."""
    words = {
        Outcome.ADVICE: _("Advice given"),
        Outcome.SIGNPOST: _("Service pointed to"),
        Outcome.NOT_SAFEGUARDING: _("Process that takes it up instead"),
    }
    return next((said for code, said in words.items() if code == outcome), _("More"))


def _chosen(form: type[forms.Form], field: str, code: str) -> str:
    return in_words(form.base_fields[field], code) if code else ""


def _said(answers: q.Answers, code: str) -> str:
    return str(dict(answers).get(code, ""))


def _several(answers: q.Answers, codes: Sequence[str]) -> str:
    return "; ".join(_said(answers, code) for code in codes)


def _children(code: str) -> str:
    return _("They do not know") if code == Known.DONT_KNOW else _said(q.KNOWN, code)


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else _("Yes") if answer else _("No")
