"""API tokens: made and shown once, listed, ended. Each is its keeper's own business and needs a second factor."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from hearth.access import clock, tokens
from hearth.access.terms import SCOPE_SENTENCE, Scope
from hearth.web.forms import Choices, DayField, IdempotencyField, Line
from hearth.web.middleware import Page

MADE = "made_tokens"


class TokenForm(forms.Form):
    """A new token."""

    form_key = IdempotencyField()
    name = Line(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("The system that will use it, for example “Repairs system”."),
        max_length=100,
        missing=gettext_lazy("Enter what the token is for"),
    )
    scopes = Choices(
        label=gettext_lazy("What may it be used for?"),
        help_text=gettext_lazy("Tick as little as that system needs. It never gets further than you do yourself."),
        choices=[(scope.value, sentence) for scope, sentence in SCOPE_SENTENCE.items()],
        missing=gettext_lazy("Select what it may be used for"),
    )
    last_day = DayField(
        label=gettext_lazy("Last day it can be used"), missing=gettext_lazy("Enter the last day it can be used")
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.latest = today, today + timedelta(days=settings.HEARTH_TOKEN_DAYS)
        days = settings.HEARTH_TOKEN_DAYS
        self.fields["last_day"].help_text = ngettext(
            "At most %(days)s day from now. For example %(day)s.",
            "At most %(days)s days from now. For example %(day)s.",
            days,
        ) % {
            "days": days,
            "day": f"{self.latest.day} {self.latest.month} {self.latest.year}",
        }

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if not self.today <= day <= self.latest:
            days = settings.HEARTH_TOKEN_DAYS
            raise forms.ValidationError(
                ngettext(
                    "The last day must be today or tomorrow", "The last day must be within the next %(days)s days", days
                )
                % {"days": days}
            )
        return day


def tokens_page(request: Page) -> HttpResponse:
    """One's own tokens, and the form that makes one."""
    at = clock.now()
    form = TokenForm(request.POST or None, today=timezone.localdate(at))
    shown = tokens.tokens_of(request.viewer)
    if form.is_valid():
        key, made = str(form.cleaned_data["form_key"]), request.session.get(MADE, [])
        if key not in made:
            request.session[MADE] = [*made[-20:], key]
            return _shown_once(request, form, at)
        messages.info(
            request, _("That token was made already and is shown only once. If it is lost, end it and make another.")
        )
        return redirect("tokens")
    page = {"form": form, "tokens": shown, "now": at, "says": {s.value: words for s, words in SCOPE_SENTENCE.items()}}
    return render(request, "signing_in/tokens.jinja", page)


@require_POST
def end_token_page(request: Page, public_id: UUID) -> HttpResponse:
    """End a token at once."""
    tokens.end_token(tokens.token_called(request.viewer, public_id), by=request.viewer, at=clock.now())
    messages.success(request, _("The token is ended. It opens nothing from now on."))
    return redirect("tokens")


def _shown_once(request: Page, form: TokenForm, at: datetime) -> HttpResponse:
    """What the token carries, in the answer to the form itself: in no address, no session and no title."""
    told = form.cleaned_data
    ends_at = timezone.make_aware(datetime.combine(told["last_day"] + timedelta(days=1), time()))
    scopes = [Scope(code) for code in told["scopes"]]
    token, secret = tokens.make_token(told["name"], scopes, ends_at=ends_at, by=request.viewer, at=at)
    page = {"token": token, "secret": secret, "last_day": told["last_day"]}
    return render(request, "signing_in/token_made.jinja", page)
