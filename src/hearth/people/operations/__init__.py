"""What people do about people."""

from hearth.people.operations.abilities import record_capacity, record_needs
from hearth.people.operations.exclusions import (
    WORK_OUT_ALL,
    end_exclusion,
    work_out_ended_exclusions,
    work_out_exclusions,
)
from hearth.people.operations.records import (
    add_known_person,
    add_role,
    change_part,
    end_relationship,
    mark_role_wrong,
    record_wish,
    relate,
    say_who_lives_there,
    search_words,
    set_safe_contact,
)

__all__ = [
    "WORK_OUT_ALL",
    "add_known_person",
    "add_role",
    "change_part",
    "end_exclusion",
    "end_relationship",
    "mark_role_wrong",
    "record_capacity",
    "record_needs",
    "record_wish",
    "relate",
    "say_who_lives_there",
    "search_words",
    "set_safe_contact",
    "work_out_ended_exclusions",
    "work_out_exclusions",
]
