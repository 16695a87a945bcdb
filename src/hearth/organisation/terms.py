"""Words for the provider and the people who work with it."""

from collections.abc import Mapping
from enum import StrEnum

from hearth.policy.terms import CODE, COUNT, YES_NO, FactKind, one_of


class UserKind(StrEnum):
    """How somebody is bound to the provider. It opens nothing by itself."""

    EMPLOYEE = "employee"
    AGENCY = "agency"
    CONTRACTOR = "contractor"
    VOLUNTEER = "volunteer"
    BOARD = "board"
    GUEST = "guest"
    AUDITOR = "auditor"
    LINK = "link"


# Who is here for a time only: the end is asked for, and opens nothing afterwards.
KINDS_WITH_AN_END = frozenset(
    {UserKind.AGENCY, UserKind.CONTRACTOR, UserKind.VOLUNTEER, UserKind.GUEST, UserKind.AUDITOR}
)


# Whoever works or volunteers for the provider, under whatever contract: "all staff" in a policy.
STAFF = frozenset({UserKind.EMPLOYEE, UserKind.AGENCY, UserKind.CONTRACTOR, UserKind.VOLUNTEER, UserKind.BOARD})


class Part(StrEnum):
    """A part in keeping somebody safe. Posts carry the first group; the second is played in one record only."""

    ANYONE = "anyone"
    INTAKE = "intake"
    TRIAGE = "triage"
    ON_CALL = "on_call"
    CASE_WORKER = "case_worker"
    CASE_MANAGER = "case_manager"
    LEAD = "lead"
    DEPUTY = "deputy"
    ALLEGATION_DEPUTY = "allegation_deputy"
    REPAIRS_DESK = "repairs_desk"
    REPAIRS_COMPETENT = "repairs_competent"
    REGISTER_READER = "register_reader"
    REGISTER_KEEPER = "register_keeper"
    INCOME = "income"
    CHAMPION = "champion"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    LINK = "link"
    REPORTED_IT = "reported_it"
    OWNS_IT = "owns_it"
    WORKS_ON_IT = "works_on_it"
    OFFERED_IT = "offered_it"
    MANAGES_IT = "manages_it"
    ANSWERED_ALERT = "answered_alert"
    INVITED = "invited"
    BROKE_GLASS = "broke_glass"


PARTS_IN_A_RECORD = frozenset(
    {
        Part.REPORTED_IT,
        Part.OWNS_IT,
        Part.WORKS_ON_IT,
        Part.OFFERED_IT,
        Part.MANAGES_IT,
        Part.ANSWERED_ALERT,
        Part.INVITED,
        Part.BROKE_GLASS,
        Part.ANYONE,
        Part.LINK,
    }
)


class NotPossible(Exception):
    """The change cannot be made; the message says why, and which answer it is about."""

    def __init__(self, said: str, *, field: str = "") -> None:
        super().__init__(said)
        self.field = field


class ChangedMeanwhile(Exception):
    """Somebody else saved in between. Nothing was overwritten; `theirs` is what stands, `yours` what was typed.

    `version` is what stands now: whoever has read both texts may save over it.
    """

    def __init__(
        self,
        said: str = "Somebody else changed this while you were writing. Both texts are shown.",
        *,
        theirs: Mapping[str, str] | None = None,
        yours: Mapping[str, str] | None = None,
        version: int | None = None,
    ) -> None:
        super().__init__(said)
        self.theirs, self.yours, self.version = theirs or {}, yours or {}, version


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "user.added": {"kind": one_of(*UserKind)},
    "user.changed": {},
    "user.letter_sent": {},
    "user.code_given": {},
    "user.code_used": {},
    "user.switched_off": {"by_itself": YES_NO},
    "user.switched_on": {},
    "user.linked": {},
    "user.signed_in": {"how": CODE},
    "user.sign_in_failed": {"how": CODE},
    "user.signed_out": {"how": CODE},
    "post.added": {},
    "post.changed": {"digest": CODE},
    "team.added": {},
    "appointment.asked": {"post": COUNT, "cover": YES_NO},
    "appointment.agreed": {"post": COUNT, "cover": YES_NO},
    "appointment.refused": {"post": COUNT, "cover": YES_NO},
    "appointment.made": {"post": COUNT, "cover": YES_NO},
    "appointment.ended": {"post": COUNT, "cover": YES_NO},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "User": (
        "user",
        "email name employer person_id left_at until last_login",
        "id public_id kind password is_active is_demonstration times_switched_off version",
    ),
    "Provider": ("house", "", "id name nation is_demonstration only"),
    "Entity": ("house", "", "id name"),
    "Team": ("house", "", "id name entity"),
    "Post": ("house", "", "id key title parts team version"),
    "Appointment": ("user", "user starts_at ends_at made_by ended_by", "id public_id post is_cover"),
    "Proposal": (
        "user",
        "user starts_at ends_at asked_by answered_by",
        "id public_id post is_cover asked_at agreed answered_at",
    ),
    "OnCallShift": ("user", "user phone", "id public_id entity rung starts_at ends_at"),
}
