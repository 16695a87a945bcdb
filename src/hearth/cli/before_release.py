"""Houses made before the first release, whose migrations were written anew then: docs/adr/0098.

Each app's new migrations carry names that the old ones had too. A house that was brought up to date with all old ones
has nothing to do; one that was not would be left half made.
"""

from collections.abc import Set

# Of each app the newest migration there was before. Only those who tried Hearth before its first release have them.
NEWEST = {
    ("access", "0019_rows_one_by_one"),
    ("assurance", "0012_acts_stopped"),
    ("cases", "0007_no_index_twice"),
    ("concerns", "0007_receipt_codes"),
    ("drafts", "0003_no_index_twice"),
    ("housing", "0010_only_the_keeper"),
    ("ledger", "0003_signed_once"),
    ("organisation", "0007_rota_of_a_company"),
    ("outbound", "0013_rota_of_a_company"),
    ("partners", "0006_lawful_basis"),
    ("people", "0008_out_of_the_register"),
    ("policy", "0007_no_index_twice"),
    ("timescales", "0011_no_index_twice"),
    ("triage", "0011_decision_factors"),
}
TOO_OLD = (
    "This house was made by a version from before the first release and never brought up to date."
    " Run hearth migrate of the version from 22 November 2026 on it first, or begin with a new house."
)
# What a new house has from its first migration: nobody may call a function of the definer's until somebody says who.
FAIL_CLOSED = """
    set role hearth_definer;
    alter default privileges revoke execute on functions from public;
    reset role;
"""


class TooOld(Exception):
    """A house from before the first release lacks some of what was made before it."""


def is_from_before(applied: Set[tuple[str, str]], known: Set[tuple[str, str]]) -> bool:
    """Whether a house has migrations of ours that are known no more. Raises TooOld where it has not all of them."""
    ours = {app for app, _ in NEWEST}
    if all(app not in ours for app, _ in applied - known):
        return False
    if not applied >= NEWEST:
        raise TooOld(TOO_OLD)
    return True
