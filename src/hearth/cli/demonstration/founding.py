"""Founds the invented provider and puts somebody into every post. Prints the sign-ins as JSON."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import django

from hearth.cli.demonstration.posts import ON_CALL, posts_of
from hearth.policy.packs import Pack, load

LONG_AGO = timedelta(days=900)
ROTA = timedelta(days=365)

# what is printed -> name, role, how bound to the provider
PEOPLE: tuple[tuple[str, str, str, str], ...] = (
    ("reporter", "Femi Adeyemi", "housing-officer", "employee"),
    ("intake", "Bronagh Quill", "intake", "employee"),
    ("triage", "Tomasz Wren", "triage", "employee"),
    ("case worker", "Priya Larch", "case-worker", "employee"),
    ("case manager", "Gareth Moss", "case-manager", "employee"),
    ("lead", "Marguerite Stone", "lead", "employee"),
    ("deputy lead", "Idris Vale", "deputy", "employee"),
    ("director", "Helen Marsh", "director", "employee"),
    ("repairs desk", "Curtis Birch", "repairs-desk", "contractor"),
    ("surveyor", "Anwen Slate", "surveyor", "employee"),
    ("income", "Dominic Reed", "income", "employee"),
    ("board champion", "Rosalind Thorne", "champion", "board"),
    ("auditor", "Sadia Flint", "auditor", "auditor"),
    ("administrator", "Kwame Field", "administrator", "employee"),
    ("register keeper", "Nuala Brook", "register-keeper", "employee"),
    ("relative of someone in a case", "Declan Heath", "housing-officer", "employee"),
)
LINK = "Brightgas job sheet"
RUNG = (("lead", "01632 960001"), ("deputy lead", "01632 960002"))  # numbers kept for drama by the regulator


def email_of(person: str) -> str:
    """Where an invented person signs in."""
    return f"{person.lower().replace(' ', '.')}@larchfield.example"


def sign_ins_by_role() -> dict[str, str]:
    """The e-mail address of whoever plays each role; of two, the one who comes first."""
    return {role: email_of(person) for _, person, role, _ in reversed(PEOPLE)}


def found(name: str, pack: Pack, *, at: datetime) -> list[dict[str, str]]:
    """The provider, the posts of its policy, its people, their rota. Returns one sign-in for each part."""
    from hearth.concerns.links import found_link
    from hearth.organisation import operations
    from hearth.organisation.queries import demonstration_key
    from hearth.organisation.terms import Part, UserKind

    operations.found_provider(name, nation=str(pack.nation), is_demonstration=True)
    places = posts_of(pack)
    keys = {place.key: place for place in places.values()}
    posts = {
        key: operations.add_post(key, place.title, [Part(part) for part in place.parts]) for key, place in keys.items()
    }
    sign_ins = []
    for part, person, role, kind in PEOPLE:
        email = email_of(person)
        user = operations.add_user(email=email, name=person, kind=UserKind(kind), is_demonstration=True)
        operations.appoint(user, posts[places[role].key], starts_at=at - LONG_AGO)
        for rung, (who, phone) in enumerate(RUNG, start=1):
            if who == part:
                if ON_CALL in places and places[ON_CALL].key != places[role].key:
                    operations.appoint(user, posts[places[ON_CALL].key], starts_at=at - LONG_AGO)
                operations.add_shift(user, rung=rung, phone=phone, starts_at=at - ROTA, ends_at=at + ROTA)
        path = f"/demonstration/{email.partition('@')[0]}/{demonstration_key(user)}"
        sign_ins.append({"part": part, "person": person, "path": path})
    carried = found_link(LINK, at=at - LONG_AGO)
    sign_ins.insert(1, {"part": "contractor link", "person": LINK, "path": f"/r/{carried}"})
    return sign_ins


if __name__ == "__main__":
    django.setup()
    told, policy = datetime.fromisoformat(sys.argv[2]), load(Path(sys.argv[3]))
    json.dump(found(sys.argv[1], policy, at=told), sys.stdout)
