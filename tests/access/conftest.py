"""A database of the test's own with two small protected tables in it."""

import pytest
from django.db import connection

from access.worlds import add_trial_tables


@pytest.fixture
def owner(own_database, owner_of):
    """An owner's connection to the test's own database, with the trial tables in it."""
    with owner_of(connection.settings_dict["NAME"]) as owner:
        add_trial_tables(owner)
        yield owner


@pytest.fixture
def people(owner, own_cast):
    """The cast, beside the trial tables."""
    return own_cast
