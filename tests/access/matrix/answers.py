"""What a form needs besides the first answer to each question, and where the story lets nobody do the act yet."""

from collections.abc import Callable, Mapping

from access.matrix.record import Filled
from access.matrix.world import World

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
    "high_risk": _said(score="14"),
    "proposed_policy": _said(decision="approve", comment="Minutes of 3 November"),
    "samples": _said(many="3"),
    **dict.fromkeys(("concern_add_person", "case_add_person"), _NEW_HERE),
    **dict.fromkeys(("concern_wish", "case_wish"), _said(**_BEFORE)),
    **dict.fromkeys(("concern_capacity", "case_capacity"), _said(**{"assessed_on-year": "2025"})),
}  # fmt: skip
# They answer on the page itself and lead nowhere.
SHOW_WHAT_CAME = {"links", "tokens", "search_notes", "users"}
# The form is whole and comes back with the reason why nobody may do this now.
NOT_NOW = {
    "change_policy": "nobody has changed anything of the policy yet",
    "try_changes": "nobody has changed anything of the policy yet",
    "approve_closure": "another agency's process still runs",
    "reopen_case": "no case is closed",
    "split_concern": "the case was opened from it",
    "why_late": "nothing has run over",
    "import_register": "a file is no answer of a form; the page of one that was sent is asked for itself",
}
