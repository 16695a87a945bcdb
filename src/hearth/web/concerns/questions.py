"""The words of the form: every question's answers, and the lines above it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import AboutStaff, Agreed, Known, Knows, Place, Stage, ToldBy
from hearth.housing.terms import Vulnerability

type Answers = list[tuple[str, str | Promise]]

BEFORE_YOU_WRITE = (
    _("Listen."),
    _("Do not promise to keep it secret."),
    _("Do not question a child or look for injuries."),
    _("Do not speak to the person you are worried about."),
)

YES, NO = "yes", "no"
YES_OR_NO: Answers = [(YES, _("Yes")), (NO, _("No"))]
KNOWN: Answers = [(Known.YES, _("Yes")), (Known.NO, _("No")), (Known.DONT_KNOW, _("I don’t know"))]
PLACES: Answers = [
    (Place.HOME, _("At one of our homes")),
    (Place.ELSEWHERE, _("Somewhere else")),
    (Place.NOT_KNOWN, _("I don’t know where, or I don’t know their name")),
]
ABOUT_STAFF: Answers = [(AboutStaff.YES, _("Yes")), (AboutStaff.NOT_SURE, _("Not sure")), (AboutStaff.NO, _("No"))]
TOLD_BY: Answers = [
    (ToldBy.SAW_IT, _("I saw or heard it myself")),
    (ToldBy.THE_PERSON, _("The person it is about")),
    (ToldBy.FAMILY, _("Somebody in the family")),
    (ToldBy.RESIDENT, _("A resident")),
    (ToldBy.NEIGHBOUR, _("A neighbour")),
    (ToldBy.CONTRACTOR, _("A contractor")),
    (ToldBy.AGENCY, _("Another agency")),
    (ToldBy.ANONYMOUS, _("Somebody who did not say who they are")),
]
KNOWS: Answers = [
    (Knows.YES, _("Yes")),
    (Knows.NO, _("No")),
    (Knows.NOT_SAFE, _("It is not safe to ask")),
    (Knows.NOT_ASKED, _("I have not asked")),
]
AGREED: Answers = [
    (Agreed.AGREED, _("They agreed")),
    (Agreed.DID_NOT, _("They did not agree")),
    (Agreed.NOT_ABLE, _("They were not able to say")),
]
# What the repairs desk must know of who lives in an unsafe home; nothing else of a concern reaches it.
VULNERABLE: Answers = [
    (Vulnerability.INFANT, _("A baby")),
    (Vulnerability.CHILD, _("A child")),
    (Vulnerability.PREGNANT, _("Somebody who is pregnant")),
    (Vulnerability.OLDER, _("An older person")),
    (Vulnerability.BREATHING, _("Asthma or another breathing problem")),
    (Vulnerability.MOBILITY, _("Trouble with walking or stairs")),
    (Vulnerability.DISABLED, _("A disability")),
    (Vulnerability.WEAK_IMMUNITY, _("Weak defences against infection")),
    (Vulnerability.MENTAL_HEALTH, _("Poor mental health")),
    (Vulnerability.LEARNING_DISABILITY, _("A learning disability")),
    (Vulnerability.OTHER_HEALTH, _("Another illness")),
]
PROGRESS = {
    Stage.RECEIVED: (_("Received"), "blue"),
    Stage.LOOKED_AT: (_("Being looked at"), "yellow"),
    Stage.DECIDED: (_("Acted on"), "green"),
}
AS_WRITTEN = "as_written"
