"""What the reporter told, in the words of the form, for whoever reads the concern."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hearth.concerns.queries import AConcern
from hearth.concerns.terms import Known
from hearth.web.concerns import questions as q


def as_told(concern: AConcern, signs: Sequence[str]) -> list[tuple[str, str]]:
    """Every answer of the form beside its words. What follows from another answer stands only where it was given."""
    not_said = _("Not said")
    rows = [
        (_("Where"), concern.home.address if concern.home else concern.elsewhere or _("Not known")),
        (_("Who, as told"), concern.who or not_said),
        (_("Children living there or visiting"), _children(concern.children_there) or _("Not asked")),
        (_("Signs"), "; ".join(signs) or _("None ticked")),
        (_("Something else"), concern.something_else or _("Nothing")),
        (_("Who told"), _said(q.TOLD_BY, concern.told_by) or not_said),
        (_("May we contact them"), _yes_or_no(concern.may_contact) or not_said),
        (_("How to reach them safely"), concern.contact or not_said),
        (_("Does the person know we are told"), _said(q.KNOWS, concern.knows) or not_said),
    ]
    if concern.agreed:
        rows.append((_("What they said to it"), _said(q.AGREED, concern.agreed)))
    if concern.parent_told is not None:
        rows.append((_("Was a parent told"), _yes_or_no(concern.parent_told)))
    if concern.parent_why_not:
        rows.append((_("Why no parent was told"), concern.parent_why_not))
    return rows


def _said(answers: q.Answers, code: str) -> str:
    return str(dict(answers).get(code, ""))


def _children(code: str) -> str:
    return _("They do not know") if code == Known.DONT_KNOW else _said(q.KNOWN, code)


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else _("Yes") if answer else _("No")
