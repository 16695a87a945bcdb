"""The columns of the matrix: everybody who may come to a page, and the browser each of them comes with."""

from dataclasses import dataclass, field, replace

from django.test import Client

from hearth.access.queries import SignedIn, viewer
from hearth.access.terms import Part
from hearth.organisation.models import User

NOBODY, PASSWORD_ONLY, BY_LINK = "nobody signed in", "signed in with a password alone", "came by a reporting link"
AT_THE_DOOR = (NOBODY, PASSWORD_ONLY, BY_LINK)

# Who stands for which relation to the records of the world. The cast of every story, and three more.
SIGNED_IN = {
    "reporter": "made it",
    "intake_adviser": "reads it until triage decides",
    "triage_officer": "decides",
    "owner": "owns it",
    "colleague": "works on it",
    "worker": "is offered another case",
    "other_worker": "works on other cases",
    "guest": "was invited to read it",
    "manager": "leads the team",
    "lead": "leads",
    "deputy": "stands in for the lead",
    "director": "hears what is said about the lead",
    "repairs": "mends homes",
    "surveyor": "judges homes",
    "income_officer": "writes to tenants",
    "champion": "asks on the board",
    "auditor": "audits",
    "administrator": "keeps users",
    "register_keeper": "keeps the register",
    "operative": "comes from a contractor",
    "outsider": "has no post",
    "relative": "is close to the person",
    "relative_in_triage": "is close to the person and triages",
}


@dataclass
class Column:
    """Somebody with a browser."""

    name: str
    parts: frozenset[Part] = frozenset()
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost", raise_request_exception=False))
    secret: str = ""  # of a token, where it is a system that asks


def of_the_cast(name: str) -> SignedIn:
    return viewer(User.objects.get(email=f"{name}@ashgrove.example"))


def browser_of(name: str, *, second_factor: bool = True) -> Column:
    """Somebody of the cast, signed in with both factors unless it is said otherwise."""
    who = of_the_cast(name)
    column = Column(name, who.parts)
    column.client.force_login(User.objects.get(pk=who.id))
    if second_factor:
        session = column.client.session
        session["hearth_second_factor_by_provider"] = True
        session.save()
    column.client.get("/sign-in/account")  # the session is known from now on: no cell pays for its beginning
    return column


def columns(secret: str) -> dict[str, Column]:
    """Everybody. `secret` is what a reporting link carries."""
    everybody = {name: browser_of(name) for name in SIGNED_IN}
    everybody[NOBODY] = Column(NOBODY)
    everybody[PASSWORD_ONLY] = replace(browser_of("lead", second_factor=False), name=PASSWORD_ONLY)
    everybody[BY_LINK] = Column(BY_LINK)
    everybody[BY_LINK].client.get(f"/r/{secret}")
    return everybody
