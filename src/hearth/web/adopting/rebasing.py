"""Bringing one's changes over to newer files of the policy: was, is now, and the change; each conflict is chosen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.pathway.adopting.rebasing import rebase, rebasing_of
from hearth.policy.packs.rebasing import Carried
from hearth.web.acting import act_page
from hearth.web.companies import company
from hearth.web.forms import Choice
from hearth.web.middleware import Page

YOURS, THEIRS = "yours", "theirs"


class RebaseForm(forms.Form):
    """For each change whose files say something else now: the change, or what they say."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, rows: Sequence[Carried], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {f"choice_{number}": row for number, row in enumerate(rows)}
        for name, row in self.rows.items():
            self.fields[name] = Choice(
                label=row.called,
                help_text=_("When you changed it, the policy said: %(was)s") % {"was": row.was or _("nothing")},
                missing=_("Select what should hold: %(what)s") % {"what": row.called},
                choices=[
                    (YOURS, _("Your change: %(said)s") % {"said": row.yours}),
                    (THEIRS, _("The policy as it is now: %(said)s") % {"said": row.now}),
                ],
            )

    def chosen(self) -> dict[tuple[str, str], bool]:
        """Which changes are brought over, by section and key."""
        return {(row.section, row.key): self.cleaned_data[name] == YOURS for name, row in self.rows.items()}


def rebase_page(request: Page) -> HttpResponse:
    """What each change was made to, what stands there now, and the choice between them."""
    now = clock.now()
    of = company(request, at=now)
    found = rebasing_of(request.viewer, at=now, entity=of.id)
    rows = found.rows if found else ()
    asked = [row for row in rows if row.asks]
    form = RebaseForm(request.POST or None, rows=asked, initial={"digest": found.digest if found else ""})

    def bring() -> str:
        digest = form.cleaned_data["digest"]
        brought = rebase(form.chosen(), digest=digest, by=request.viewer, at=now, entity=of.id)
        if not brought:
            return _("Nothing was brought over: the policy stands as its files say.")
        return _(
            "Your changes rest on the policy in force now. Nothing is in force before they are proposed and approved."
        )

    return act_page(
        request, form, title=_("Bring your changes over"), button=_("Bring them over"),
        back=reverse("change_policy") + of.asked, act=bring, template="adopting/rebase.jinja",
        as_they_are=[row for row in rows if not row.asks and not row.why_not],
        left_behind=[row for row in rows if row.why_not], rows=rows, found=found is not None,
    )  # fmt: skip
