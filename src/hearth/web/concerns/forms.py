"""The form of a concern, and the small ones beside it. What was typed comes back exactly, whatever was wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import MOST_SHORT, MOST_SIGNS, MOST_WORDS, AboutStaff, Knows, Place, Told
from hearth.policy.packs.keeping import KeeperKind
from hearth.policy.packs.shapes import Sign
from hearth.web.citing import Governed, Questions
from hearth.web.concerns import questions as q
from hearth.web.concerns.homes import Found, OfferedHome
from hearth.web.forms import Choice, Choices, DayField, IdempotencyField, Line, Text, Words, choices_of

SEVERAL = frozenset({"signs", "vulnerable"})
ASKS_ABOUT_THE_LEAD = {AboutStaff.YES.value: "about_lead", AboutStaff.NOT_SURE.value: "may_be_lead"}
WHERE_TO_LOOK = _("Enter an address, postcode or UPRN, and choose the home")
NOT_FOUND = _("We could not find that home. Check it, or use the address as you wrote it")
CHOOSE_HOME = _("Choose the home, or use the address as you wrote it")


def optional_words(label: Text, hint: Text = "", *, most: int = MOST_WORDS) -> Words:
    """Words that may stay empty."""
    return Words(label=label, help_text=hint, max_length=most, required=False)


def optional_choice(label: Text, answers: q.Answers, hint: Text = "") -> Choice:
    """One of several, or no answer."""
    return Choice(label=label, help_text=hint, choices=answers, required=False)


class ConcernForm(Governed):
    """Three answers and one question are needed; everything else may stay empty.

    No label says "(optional)": what is needed stands above the line that says one can send now, the rest below it.
    """

    danger_now = Choice(
        label=_("Is anyone in danger now?"),
        choices=q.YES_OR_NO,
        missing=_("Say whether anyone is in danger now"),
    )
    place = Choice(
        label=_("Where is it, or who is it about?"),
        choices=q.PLACES,
        missing=_("Say where it is, or that you don’t know"),
    )
    home_search = Line(label=_("Address, postcode or UPRN"), required=False, max_length=MOST_SHORT)
    home = forms.CharField(label=_("Which home is it?"), required=False, max_length=60)
    elsewhere = optional_words(
        _("Where is it?"), _("For example a street, a school, an office or online."), most=MOST_SHORT
    )
    who = optional_words(
        _("Who is it about?"),
        _("Name, age, what they look like. Leave this empty if you don’t know their name."),
        most=MOST_SHORT,
    )
    noticed = Words(
        label=_("What did you see, hear or were you told?"),
        help_text=_("In their own words where you can. Say when it was."),
        max_length=MOST_WORDS,
        missing=_("Write what you saw, heard or were told"),
    )
    about_staff = Choice(
        label=_("Is this about someone who works or volunteers for or with us?"),
        help_text=_("Staff, contractors, agency workers, volunteers and board members, at work or not."),
        choices=q.ABOUT_STAFF,
        missing=_("Say whether this is about someone who works or volunteers for or with us"),
    )
    about_lead = optional_choice(
        _("Is it about the safeguarding lead?"),
        q.YES_OR_NO,
        _("If so, the lead will not see it. A number above may be the lead’s."),
    )
    may_be_lead = optional_choice(
        _("May it be about the safeguarding lead?"),
        q.YES_OR_NO,
        _("If so, the lead will not see it. A number above may be the lead’s."),
    )

    thinks = optional_words(_("What do you think is going on?"), _("Your own view, apart from what you noticed."))
    told_by = optional_choice(_("Who told you?"), q.TOLD_BY)
    may_contact = optional_choice(_("May we contact them, or you?"), q.YES_OR_NO)
    contact = optional_words(
        _("How can we reach them, or you, safely?"), _("A number and a good time of day."), most=MOST_SHORT
    )
    keep_name_from_family = optional_choice(_("Must we keep that name from the family?"), q.YES_OR_NO)
    children_there = optional_choice(_("Do children live there or visit?"), q.KNOWN)
    signs = Choices(
        label=_("Did you notice any of these?"),
        help_text=_("Tick up to %(most)s. You do not have to decide what it is.") % {"most": MOST_SIGNS},
        required=False,
    )
    something_else = optional_words(_("Something else you noticed"), most=MOST_SHORT)
    vulnerable = Choices(label=_("Does any of this fit somebody who lives there?"), required=False)
    wishes = optional_words(_("What would the person like to happen?"), _("In their own words, if they said."))
    knows = optional_choice(
        _("Does the person know that you are telling us?"),
        q.KNOWS,
        _(
            "You do not need their agreement to tell us. Do not ask where the person you worry about may be near, or "
            "where you fear forced marriage, honour-based abuse or female genital mutilation (FGM)."
        ),
    )
    agreed = optional_choice(_("Did they agree?"), q.AGREED)
    parent_told = optional_choice(_("If it is about a child: was a parent told?"), q.YES_OR_NO)
    parent_why_not = optional_words(_("Why was no parent told?"), most=MOST_SHORT)
    did = optional_words(_("What have you done so far?"), _("For example whom you rang and when."))

    needed = ("danger_now", "place", "noticed", "about_staff")
    policy = Questions(
        acts=("concern.logged",),
        facts={
            "about_our_people": "about_staff", "mentions_child": "children_there", "mentions_domestic_abuse": "signs",
            "mentions_weapon": "signs", "same_evening": "signs",
        },
        called={"told_by": "who_told"},
        offers={"signs": KeeperKind.SIGN},
    )  # fmt: skip

    def __init__(self, *args: Any, signs: Iterable[Sign], found: Found, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        choices_of(self, "signs").choices = [(sign.code, sign.label) for sign in signs]
        choices_of(self, "vulnerable").choices = q.VULNERABLE
        self.fields["home"].choices = found.answers  # type: ignore[attr-defined]  # asked by the radios macro
        for field in self.fields.values():
            field.error_messages["null_characters_not_allowed"] = _(
                "This holds a character that cannot be kept. Write it again without it"
            )

    def full_clean(self) -> None:
        """Validate; meanwhile only what is needed is required, and on the page nothing says that it is optional."""
        for name, field in self.fields.items():
            field.required = name in self.needed
        super().full_clean()
        for field in self.fields.values():
            field.required = True

    def clean_home(self) -> OfferedHome | None:
        """The home that was chosen among those offered; one nobody offered was not chosen."""
        return self.found.called(self.cleaned_data["home"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("place") == Place.HOME and said.get("home") is None:
            self._ask_for_home(said.get("home_search", ""))
        if said.get("place") == Place.ELSEWHERE and not said.get("elsewhere") and "elsewhere" not in self.errors:
            self.add_error("elsewhere", _("Write where it is"))
        if said.get("about_staff") == AboutStaff.YES and not said.get("about_lead"):
            self.add_error("about_lead", _("Say whether it is about the safeguarding lead"))
        if said.get("about_staff") == AboutStaff.NOT_SURE and not said.get("may_be_lead"):
            self.add_error("may_be_lead", _("Say whether it may be about the safeguarding lead"))
        if len(said.get("signs") or ()) > MOST_SIGNS:
            self.add_error("signs", _("Tick at most %(most)s") % {"most": MOST_SIGNS})
        return said

    def _ask_for_home(self, typed: str) -> None:
        """Ask until a home is chosen or the address is to go as written. A search that rests keeps nobody waiting."""
        if not typed:
            if "home_search" not in self.errors:
                self.add_error("home_search", WHERE_TO_LOOK)
        elif self.data.get("home") != q.AS_WRITTEN and not self.found.is_resting:
            self.add_error("home", CHOOSE_HOME if self.found.homes else NOT_FOUND)

    def told(self) -> Told:
        """What was told, in the domain's words."""
        said = self.cleaned_data
        place, home = Place(said["place"]), said["home"]
        is_home = place is Place.HOME and home is not None
        if place is Place.HOME and not is_home:
            place, said = Place.ELSEWHERE, {**said, "elsewhere": said["home_search"]}
        return Told(
            danger_now=said["danger_now"] == q.YES,
            about_staff=AboutStaff(said["about_staff"]),
            about_the_lead=said.get(ASKS_ABOUT_THE_LEAD.get(said["about_staff"], "")) == q.YES,
            place=place,
            home_id=home.id if is_home else None,
            elsewhere=said["elsewhere"] if place is Place.ELSEWHERE else "",
            may_contact=yes_or_no(said["may_contact"]),
            keep_name_from_family=yes_or_no(said["keep_name_from_family"]),
            signs=tuple(said["signs"]),
            vulnerable=tuple(said["vulnerable"]),
            agreed=said["agreed"] if said["knows"] == Knows.YES else "",
            parent_told=yes_or_no(said["parent_told"]),
            parent_why_not=said["parent_why_not"] if said["parent_told"] == q.NO else "",
            **{name: said[name] for name in AS_TYPED},
        )


AS_TYPED = (
    "noticed", "who", "thinks", "did", "wishes", "told_by", "contact", "children_there", "something_else", "knows",
)  # fmt: skip


class WorryForm(Governed):
    """One sentence from somebody who is still worried."""

    policy = Questions(acts=("concern.still_worried",), on="why")

    form_key = IdempotencyField()
    why = Words(
        label=_("What still worries you?"),
        help_text=_("One sentence is enough. A lead who did not decide will read it."),
        max_length=MOST_SHORT,
        missing=_("Write in a sentence what still worries you"),
    )


class LinkForm(forms.Form):
    """A new reporting link."""

    form_key = IdempotencyField()
    name = Line(
        label=_("Who is it for?"),
        help_text=_(
            "A firm, a site or a team, for example “Brightgas job sheet”. It is shown to whoever uses the link."
        ),
        missing=_("Enter who the link is for"),
    )
    last_day = DayField(
        label=_("Last day it can be used"),
        help_text=_("For example 27 3 2027. Leave this empty to end it yourself."),
        required=False,
    )

    company = forms.ChoiceField(
        label=_("For which company?"),
        help_text=_("Its policy holds for what comes by the link and is about no home of ours."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, companies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not companies:
            del self.fields["company"]
            return
        named = [(str(pk), name) for pk, name in companies.items()]
        choices_of(self, "company").choices = [("", _("No company of its own")), *named]

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("The last day must be today or later"))
        return day


def yes_or_no(answer: str) -> bool | None:
    """Yes, no, or no answer."""
    return None if not answer else answer == q.YES


def as_typed(fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Posted or kept fields, to be shown again without judging them."""
    return {
        name: list(values) if name in SEVERAL else values[-1]
        for name, values in fields.items()
        if values and name in ConcernForm.base_fields
    }
