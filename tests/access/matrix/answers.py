"""What a form needs besides the first answer to each question, and which pages show what came of it."""

from collections.abc import Callable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from access.matrix.record import Filled
from access.matrix.world import World
from aside import HOMES

Answers = Callable[[World], Filled]


def _said(**fields: object) -> Answers:
    return lambda world: fields


_BEFORE = {"day-year": "2025"}
_NEW_HERE = _said(
    do="add", who="nobody_shown", part="household_member", key="0d7c7b58-6b55-4c0d-8f7e-2f4f3a5f7a02"
)  # fmt: skip
ANSWERS: Mapping[str, Answers] = {
    "log_concern": _said(act="send", about_staff="no", about_lead="", place="not_known"),
    "record_contact": _said(**_BEFORE),
    "join_concern": lambda world: {"reference": world.decided},
    "break_glass": lambda world: {"reference": world.waiting},
    "invite": _said(who="Outsider"),
    "tokens": lambda world: world.soon("last_day"),
    "add_user": _said(email="new.colleague@ashgrove.example"),
    "link_user": _said(reference="P-4"),
    "appoint": lambda world: {"user": world.records["user"].public_id, "post": "champion"},
    "put_on_rota": _said(**{"last_day-day": "16"}),
    "calendar": _said(step="confirm"),
    **dict.fromkeys(
        (
            "refer_concern", "refer_case", "confirm_referral", "referral_received", "chase_referral",
            "answer_referral", "agree_referral",
        ),
        _said(**_BEFORE),
    ),
    "begin_process": _said(**{"began_on-year": "2025"}),
    "process_step": lambda world: world.today("on"),
    "high_risk": _said(score="14", **{"on-year": "2025"}),
    "proposed_policy": _said(decision="approve", comment="Minutes of 3 November"),
    "samples": _said(many="3"),
    "import_register": lambda world: {"homes": SimpleUploadedFile("homes.csv", HOMES)},
    **dict.fromkeys(("concern_add_person", "case_add_person"), _NEW_HERE),
    **dict.fromkeys(("concern_wish", "case_wish"), _said(**_BEFORE)),
    **dict.fromkeys(("concern_capacity", "case_capacity"), _said(**{"assessed_on-year": "2025"})),
}  # fmt: skip
# They answer on the page itself and lead nowhere.
SHOW_WHAT_CAME = {"links", "tokens", "search_notes", "users", "give_code"}
