"""The files of tests that take longest: none is left to one process while the other has nothing to do."""

LONGEST_FILES = (
    "tests/journeys/test_every_page.py",
    "tests/access/test_any_order.py",
    "tests/faults/test_killed_while_people_tell.py",
    "tests/cli/test_demo.py",
    "tests/journeys/test_first_day.py",
    "tests/access/matrix/test_matrix.py",
    "tests/access/matrix/test_api.py",
    "tests/access/matrix/test_controls.py",
    "tests/access/matrix/test_reads.py",
    "tests/access/matrix/test_alike.py",
    "tests/access/test_oracle.py",
    "tests/access/test_every_row.py",
    "tests/access/test_mutants.py",
    "tests/cli/test_fill.py",
    "tests/access/test_plans.py",
    "tests/api/test_whatever_is_sent.py",
    "tests/cli/test_replay.py",
    "tests/cli/test_pg.py",
    "tests/ledger/test_sealing.py",
)


def place_of(test: str) -> int:
    """Where a test comes, by its name: the longest files in the order above, then all others."""
    file = test.partition("::")[0]
    return LONGEST_FILES.index(file) if file in LONGEST_FILES else len(LONGEST_FILES)
