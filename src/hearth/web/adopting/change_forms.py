"""Forms that change one thing of the policy: a limit, a post, a word or a sign, each with the clause that says so."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.policy.durations import Duration, NotADuration, parse
from hearth.policy.packs import Pack
from hearth.policy.packs.diffing import condition_in_words
from hearth.policy.packs.shapes import Rule, Rung
from hearth.policy.terms import AppliesTo
from hearth.web.forms import Choice, Line, VersionField, Words, choices_of

SHOWN = 90
SIDES = ("before", "over")


class ChangeForm(forms.Form):
    """What every change has: the version of the draft it was made from, and its clause."""

    version = VersionField()
    clause = forms.ChoiceField(
        label=gettext_lazy("Which clause says so?"),
        error_messages={"required": gettext_lazy("Choose the clause that says so")},
    )
    field_order: Sequence[str] | None = None

    def __init__(self, *args: Any, pack: Pack, cited: str, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {clause.id: clause for clause in (*_current(pack, cited), *_own(pack))}
        told = [(each.id, f"{each.id}: {each.text[:SHOWN]}") for each in own.values()]
        choices_of(self, "clause").choices = [("", _("Choose a clause")), *told]
        self.order_fields([name for name in self.fields if name != "clause"])


class LimitForm(ChangeForm):
    """How long a promise may take, when somebody is warned, and whether it holds for those that run."""

    warn = Words(
        label=gettext_lazy("Warnings"),
        help_text=gettext_lazy("One on each line, such as: 2 working days before, or: 1 working day over."),
        max_length=500,
        required=False,
    )
    applies_to = Choice(
        label=gettext_lazy("For which promises does it hold?"),
        choices=[
            (AppliesTo.NEW.value, gettext_lazy("Those that begin from then on")),
            (AppliesTo.RUNNING.value, gettext_lazy("Those that run already, too")),
        ],
        missing=gettext_lazy("Select for which promises it holds"),
    )

    def __init__(self, *args: Any, rule: Rule, **options: Any) -> None:
        super().__init__(*args, **options)
        self.bands = len(rule.bands)
        for number, band in enumerate(rule.bands):
            where = condition_in_words(band.when)
            label = _("Limit where %(where)s") % {"where": where} if where else _("Limit")
            self.fields[f"limit_{number}"] = Line(label=label, missing=_("Enter the limit, such as 2 working days"))
        limits = [f"limit_{number}" for number in range(self.bands)]
        self.order_fields(["version", *limits, "warn", "applies_to", "clause"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in [name for name in found if name.startswith("limit_")]:
            try:
                found[name] = parse(found[name])
            except NotADuration as problem:
                self.add_error(name, str(problem))
        try:
            found["warn"] = [rung(line) for line in found.get("warn", "").splitlines() if line.strip()]
        except NotADuration as problem:
            self.add_error("warn", str(problem))
        return found

    def limits(self) -> list[Duration]:
        """The limit of each band, in their order."""
        return [self.cleaned_data[f"limit_{number}"] for number in range(self.bands)]


class PostForm(ChangeForm):
    """A post as it is called here, and who covers it. What its holders do stays with the files."""

    title = Line(label=gettext_lazy("Title, as you call it here"), missing=gettext_lazy("Enter the title"))
    cover = forms.ChoiceField(label=gettext_lazy("Who covers it?"), required=False)

    def __init__(self, *args: Any, pack: Pack, own: str, **options: Any) -> None:
        super().__init__(*args, pack=pack, **options)
        others = [(post.id, post.title) for post in pack.posts.values() if post.id != own]
        choices_of(self, "cover").choices = [("", _("Nobody")), *others]


class WordForm(ChangeForm):
    """A word as it is shown, and the local word for it. What it means stays with the files."""

    label = Line(label=gettext_lazy("Shown as"), missing=gettext_lazy("Enter how it is shown"))
    local = Line(label=gettext_lazy("Your own word or code for it"), missing=gettext_lazy("Enter your own word for it"))


class SignForm(ChangeForm):
    """A sign as it is shown, and what is said when it is ticked. The alarms it rings stay with the files."""

    label = Line(label=gettext_lazy("Shown as"), missing=gettext_lazy("Enter how it is shown"))
    lines = Words(
        label=gettext_lazy("Lines shown when it is ticked"),
        help_text=gettext_lazy("One on each line."),
        max_length=2000,
        required=False,
    )


class DropForm(ChangeForm):
    """Why something is taken out of the policy, and by which clause."""

    why = Line(
        label=gettext_lazy("Why is it taken out?"),
        help_text=gettext_lazy("It stands in the policy, and whoever approves it reads this."),
        missing=gettext_lazy("Write why it is taken out"),
    )


def rung(line: str) -> Rung:
    """One warning as it is typed."""
    amount, _space, side = " ".join(line.split()).rpartition(" ")
    if side not in SIDES:
        raise NotADuration(_("“%(line)s”: say how long “before” or “over”") % {"line": line.strip()})
    return Rung(parse(amount), side == "over")


def _current(pack: Pack, cited: str) -> list[Any]:
    return [pack.clauses[cited]] if cited in pack.clauses else []


def _own(pack: Pack) -> Sequence[Any]:
    return pack.own_clauses()
