"""The first steps of a decision: who is affected and what is known of them, and the adult test."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import MOST_SHORT
from hearth.policy.packs.keeping import KeeperKind
from hearth.policy.packs.naming import called, unconfirmed
from hearth.triage.factors import factors_in
from hearth.triage.terms import FACTORS, LIMBS, ChildThere, ForChildren, Limb, SubjectKind
from hearth.web.ages import ages_said
from hearth.web.citing import Questions
from hearth.web.forms import Choice, Choices, Words
from hearth.web.partners.forms import SUBJECTS
from hearth.web.triage.offered import also_called
from hearth.web.triage.step import DECIDES, StepForm

ANSWERS = [(Limb.YES, _("Yes")), (Limb.NO, _("No")), (Limb.NOT_KNOWN, _("Not known"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
ABOUT_ADULTS = frozenset({SubjectKind.ADULT, SubjectKind.BOTH})
ABOUT_CHILDREN = frozenset({SubjectKind.CHILD, SubjectKind.BOTH})


class WhoStep(StepForm):
    """Who is affected."""

    revealed = ("child_decision",)
    policy = Questions(
        acts=DECIDES,
        words={"harm": "abuse_type", **{listed: listed for listed in FACTORS}},
        offers={"subject": KeeperKind.DEFINITION},
    )

    subject = Choice(label=_("Who is this about?"), choices=SUBJECTS, missing=_("Select who this is about"))
    children_in_household = Choice(
        label=_("Do children live there or visit?"),
        choices=[(ChildThere.YES, _("Yes")), (ChildThere.NO, _("No")), (ChildThere.NOT_KNOWN, _("Not known"))],
        missing=_("Select whether children live there or visit"),
    )
    domestic_abuse = Choice(
        label=_("Is domestic abuse part of it, or may it be?"),
        choices=YES_NO,
        missing=_("Select whether domestic abuse is part of it"),
    )
    child_decision = Choice(
        label=_("What did you decide for each child?"),
        help_text=_("Children who live with domestic abuse are victims in their own right."),
        required=False,
        choices=[
            (ForChildren.OWN_CONCERN, _("A concern of their own")),
            (ForChildren.IN_THIS_CASE, _("They are part of this case")),
            (ForChildren.REFERRED, _("Referred to children’s services")),
            (ForChildren.SAFE, _("Safe, for the reason given with the decision")),
        ],
    )
    harm = Choice(label=_("What kind of harm, as you see it now?"), required=False)
    child_circumstance = Choices(label=_("Does any of this fit a child in this?"), required=False)
    adult_circumstance = Choices(label=_("Does any of this fit an adult in this?"), required=False)
    source_of_risk = Choices(label=_("Where does the harm come from, as you see it now?"), required=False)
    housing_factor = Choices(label=_("Does any of this about the home play a part?"), required=False)

    def offer(self) -> None:
        pack = self.offered.pack
        self.fields["subject"].help_text = ages_said(pack)
        self.also_called = also_called(pack.words_in("abuse_type"))
        self.choose("harm", [(word.code, word.label) for word in pack.words_in("abuse_type").words])
        self.meanings = [(each, pack.kept_by(KeeperKind.DEFINITION, each.id)) for each in pack.definitions.values()]
        there = factors_in(pack)
        for listed in FACTORS:
            if listed in there:
                self.choose(listed, [(word.code, word.label) for word in there[listed]])
            else:
                del self.fields[listed]
        self.factors = list(there)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("domestic_abuse") == "yes" and told.get("children_in_household") == ChildThere.YES:
            self.need(told, "child_decision", _("Select what you decided for each child"))
        return told


class AdultStep(StepForm):
    """The three parts of the adult test, each with what shows it, in the words the law of the nation has for them."""

    revealed = tuple(f"{limb}_why" for limb in LIMBS)
    policy = Questions(
        acts=DECIDES,
        facts={"limb_needs": "care_needs", "limb_risk": "at_risk", "limb_unable": "unable_to_protect"},
        words={"care_needs": "adult_test"},
    )

    care_needs = Choice(choices=ANSWERS, missing=_("Select yes, no or not known"))
    care_needs_why = Words(required=False, max_length=MOST_SHORT)
    at_risk = Choice(choices=ANSWERS, missing=_("Select yes, no or not known"))
    at_risk_why = Words(required=False, max_length=MOST_SHORT)
    unable_to_protect = Choice(choices=ANSWERS)
    unable_to_protect_why = Words(required=False, max_length=MOST_SHORT)

    def offer(self) -> None:
        pack = self.offered.pack
        for name, field in self.fields.items():
            field.label = called(pack, "adult_test", name)
        whose = called(pack, "adult_test", "whose")
        third = self.fields["unable_to_protect"]
        third.help_text = f"{whose} {_('“Not known” never stops you.')}"
        third.error_messages["required"] = f"{_('Select yes, no or not known.')} {whose}"
        self.unconfirmed = unconfirmed(pack, "adult_test", "heading")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for limb in LIMBS:
            if told.get(limb) in (Limb.YES, Limb.NO):
                self.need(told, f"{limb}_why", _("Write what shows it"))
        return told
