"""One page with every component on it, for the tests: what a builder copies from, and what axe looks at."""

from datetime import UTC, datetime
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from hearth.site.urls import handler404, handler500
from hearth.web.forms import Choice, Choices, DayField, IdempotencyField, Line, TimeOfDayField, Words
from hearth.web.gates import for_anyone

__all__ = ["handler404", "handler500"]
AT = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)
WHO = [("saw", "I saw it"), ("person", "The person told me"), ("other", "Somebody else told me")]
SIGNS = [("quiet", "Much quieter than before"), ("unfed", "No food in the home"), ("none", "None of these")]


class EveryField(forms.Form):
    """Every kind of field once."""

    where = Line(label="Where is it?", help_text="An address, or what you know of it.", missing="Enter where it is")
    words = Words(
        label="What did you see, hear or get told?",
        help_text="In their words where you can.",
        max_length=2000,
        missing="Enter what you saw, heard or were told",
    )
    told_by = Choice(label="Who told you?", choices=WHO, missing="Select who told you")
    told_words = Words(label="Who was it?", required=False, max_length=500)
    signs = Choices(label="What did you notice?", choices=SIGNS, required=False)
    when = DayField(label="Which day was it?", help_text="For example, 27 3 2026.", missing="Enter the day")
    hour = TimeOfDayField(label="About what time?", help_text="For example, 4:05pm.", required=False)
    team = forms.ChoiceField(label="Team", choices=[("a", "North"), ("b", "South")])
    sure = forms.BooleanField(label="I have read this to them", required=False)
    photo = forms.FileField(label="A photograph", required=False)
    secret = forms.CharField(label="Password", required=False)
    key = IdempotencyField()


PAGE = Path(__file__).with_suffix(".jinja").read_text()


@for_anyone
def every_component(request: HttpRequest) -> HttpResponse:
    """The page. Posted, it shows what was wrong."""
    form = EveryField(request.POST or None)
    form.is_valid()
    words = {"form": form, "at": AT, "tr": str}
    return HttpResponse(engines["jinja2"].from_string(PAGE).render(words, request))


urlpatterns = [path("", include("hearth.site.urls")), path("every-component", every_component)]
