"""The committed map is what the code says today."""

from hearth.access.terms import Act
from hearth.site.map import MAP, diagram, drawn


def test_the_map_is_drawn_from_today_s_code():
    assert MAP.read_text() == drawn(), "run: python -m hearth.site.map"
    assert all(act.value in drawn() for act in Act)


def test_a_diagram_names_every_state_and_move():
    from hearth.cases.terms import MAY_MOVE_TO, Stage

    lines = "\n".join(diagram(MAY_MOVE_TO))
    assert all(f"    {state.value} --> {to.value}" in lines for state, tos in MAY_MOVE_TO.items() for to in tos)
    assert "    closed --> [*]" in "\n".join(diagram({Stage.CLOSED: frozenset()}))
