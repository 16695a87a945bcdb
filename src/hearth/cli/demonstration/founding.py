"""Founds the invented provider and puts somebody into every post. Prints the sign-ins as JSON."""

import json
import sys
from datetime import datetime, timedelta

import django

LONG_AGO = timedelta(days=900)
ROTA = timedelta(days=365)

# key of the post -> its local title and the parts it carries
POSTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "housing-officer": ("Housing officer", ("register_reader",)),
    "intake": ("Contact centre adviser", ("intake", "register_reader")),
    "triage": ("Triage officer", ("triage", "register_reader")),
    "case-worker": ("Support officer", ("case_worker",)),
    "case-manager": ("Support team manager", ("case_manager", "case_worker")),
    "lead": ("Designated safeguarding lead", ("lead", "on_call")),
    "deputy": ("Deputy safeguarding lead", ("deputy", "on_call")),
    "director": ("Director of housing", ("allegation_deputy",)),
    "repairs-desk": ("Repairs planner", ("repairs_desk",)),
    "surveyor": ("Damp and mould surveyor", ("repairs_competent",)),
    "income": ("Income officer", ("income",)),
    "champion": ("Board champion for safeguarding", ("champion",)),
    "auditor": ("Internal auditor", ("auditor",)),
    "administrator": ("System administrator", ("administrator",)),
    "register-keeper": ("Register keeper", ("register_keeper",)),
}

# what is printed -> name, post, how bound to the provider
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
ON_CALL = (("lead", "01632 960001"), ("deputy lead", "01632 960002"))  # numbers kept for drama by the regulator


def found(name: str, *, at: datetime) -> list[dict[str, str]]:
    """The provider, its posts, its people, their rota. Returns one sign-in for each part."""
    from hearth.concerns.links import found_link
    from hearth.organisation import operations
    from hearth.organisation.queries import demonstration_key
    from hearth.organisation.terms import Part, UserKind

    operations.found_provider(name, is_demonstration=True)
    posts = {
        key: operations.add_post(key, title, [Part(part) for part in parts]) for key, (title, parts) in POSTS.items()
    }
    sign_ins = []
    for part, person, post, kind in PEOPLE:
        email = f"{person.lower().replace(' ', '.')}@larchfield.example"
        user = operations.add_user(email=email, name=person, kind=UserKind(kind), is_demonstration=True)
        operations.appoint(user, posts[post], starts_at=at - LONG_AGO)
        for rung, (who, phone) in enumerate(ON_CALL, start=1):
            if who == part:
                operations.add_shift(user, rung=rung, phone=phone, starts_at=at - ROTA, ends_at=at + ROTA)
        path = f"/demonstration/{email.partition('@')[0]}/{demonstration_key(user)}"
        sign_ins.append({"part": part, "person": person, "path": path})
    carried = found_link(LINK, at=at - LONG_AGO)
    sign_ins.insert(1, {"part": "contractor link", "person": LINK, "path": f"/r/{carried}"})
    return sign_ins


if __name__ == "__main__":
    django.setup()
    json.dump(found(sys.argv[1], at=datetime.fromisoformat(sys.argv[2])), sys.stdout)
