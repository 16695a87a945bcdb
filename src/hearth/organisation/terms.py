"""Words for the provider and the people who work with it."""

from enum import StrEnum


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

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "User": (
        "user",
        "email name employer person_id left_at last_login",
        "id public_id kind password is_active is_demonstration",
    ),
    "Provider": ("house", "", "id name nation is_demonstration only"),
    "Entity": ("house", "", "id name"),
    "Team": ("house", "", "id name entity"),
    "Post": ("house", "", "id key title parts team"),
    "Appointment": ("user", "user starts_at ends_at", "id post is_cover"),
    "OnCallShift": ("user", "user phone", "id rung starts_at ends_at"),
}
