"""The people in every story. Seeded once into the template database; each plays one part."""

from datetime import UTC, datetime
from pathlib import Path

from hearth.organisation.terms import Part, UserKind

PACK = Path(__file__).resolve().parent.parent / "packs" / "manchester-2025"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

POSTS = {
    "housing-officer": ("Housing officer", [Part.REGISTER_READER]),
    "intake": ("Contact centre adviser", [Part.INTAKE, Part.REGISTER_READER]),
    "triage": ("Triage officer", [Part.TRIAGE, Part.REGISTER_READER]),
    "case-worker": ("Support officer", [Part.CASE_WORKER]),
    "case-manager": ("Support team manager", [Part.CASE_MANAGER, Part.CASE_WORKER]),
    "lead": ("Head of safeguarding", [Part.LEAD, Part.ON_CALL]),
    "deputy": ("Deputy safeguarding lead", [Part.DEPUTY, Part.ON_CALL]),
    "director": ("Director of housing", [Part.ALLEGATION_DEPUTY]),
    "repairs-desk": ("Repairs desk", [Part.REPAIRS_DESK]),
    "surveyor": ("Surveyor", [Part.REPAIRS_COMPETENT]),
    "income": ("Income officer", [Part.INCOME]),
    "champion": ("Board champion", [Part.CHAMPION]),
    "auditor": ("Auditor", [Part.AUDITOR]),
    "administrator": ("System administrator", [Part.ADMINISTRATOR]),
    "register-keeper": ("Register keeper", [Part.REGISTER_KEEPER]),
}

# name -> (post or "", kind). `owner` and `worker` are case workers; what they see depends on the case.
CAST = {
    "reporter": ("housing-officer", UserKind.EMPLOYEE),
    "intake_adviser": ("intake", UserKind.EMPLOYEE),
    "triage_officer": ("triage", UserKind.EMPLOYEE),
    "worker": ("case-worker", UserKind.EMPLOYEE),
    "owner": ("case-worker", UserKind.EMPLOYEE),
    "manager": ("case-manager", UserKind.EMPLOYEE),
    "lead": ("lead", UserKind.EMPLOYEE),
    "deputy": ("deputy", UserKind.EMPLOYEE),
    "director": ("director", UserKind.EMPLOYEE),
    "repairs": ("repairs-desk", UserKind.EMPLOYEE),
    "surveyor": ("surveyor", UserKind.EMPLOYEE),
    "income_officer": ("income", UserKind.EMPLOYEE),
    "champion": ("champion", UserKind.BOARD),
    "auditor": ("auditor", UserKind.AUDITOR),
    "administrator": ("administrator", UserKind.EMPLOYEE),
    "register_keeper": ("register-keeper", UserKind.EMPLOYEE),
    "operative": ("", UserKind.CONTRACTOR),
    "outsider": ("", UserKind.EMPLOYEE),
    "relative": ("housing-officer", UserKind.EMPLOYEE),
    "relative_in_triage": ("triage", UserKind.EMPLOYEE),
}


def seed() -> None:
    """Found the provider and put everybody in post. Run as the owner on the migrated template database."""
    from hearth.organisation import operations
    from hearth.policy.operations import keep_adopted
    from hearth.policy.packs import read_chain

    operations.found_provider("Ashgrove Homes", is_demonstration=True)
    posts = {key: operations.add_post(key, title, parts) for key, (title, parts) in POSTS.items()}
    for name, (post, kind) in CAST.items():
        user = operations.add_user(
            email=f"{name}@ashgrove.example", name=name.replace("_", " ").title(), kind=kind, is_demonstration=True
        )
        if post:
            operations.appoint(user, posts[post], starts_at=LONG_AGO)
    keep_adopted(read_chain(PACK), in_force_from=LONG_AGO, at=LONG_AGO, by_id=None)
    operations.add_link_user("Brightgas job sheet")


if __name__ == "__main__":
    import django

    django.setup()
    seed()
