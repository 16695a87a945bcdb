"""The matrix can fail: planted addresses, planted leaks, and a mask that is left out."""

import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.test import override_settings
from django.urls import include, path

from access.matrix.asking import MASKS, Answer, ask, masked
from access.matrix.cells import cells, differences, methods_taken, rows_and_routes, wrong_answers
from access.matrix.routes import ROWS, SIGN_IN, Row
from hearth.access.terms import Act
from hearth.cases.queries import case_for
from hearth.site.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401

HIDDEN = set()


def forgetful(request, public_id):
    """Shows a case without asking who wants to see it."""
    return HttpResponse("a case")


def forbidding(request, public_id):
    """Says that it is there."""
    if public_id in HIDDEN:
        return HttpResponseForbidden("Not for you")
    raise Http404


def asking_more(request, public_id):
    """Asks once more where it is there."""
    if public_id in HIDDEN:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    return HttpResponse(case_for(request.viewer, public_id).reference)


def heading(request, public_id):
    answer = HttpResponse("Not found", status=404)
    if public_id in HIDDEN:
        answer.headers["X-Kind"] = "case"
    return answer


def quiet(request, public_id):
    """Refuses well, and nobody learns of the attempt."""
    raise Http404


def sound(request, public_id):
    return HttpResponse(case_for(request.viewer, public_id).reference)


PLANTED = {page.__name__: page for page in (forgetful, forbidding, asking_more, heading, quiet, sound)}
urlpatterns = [
    path("", include("hearth.site.urls")),
    *(path(f"planted/{name}/<uuid:public_id>", page, name=name) for name, page in PLANTED.items()),
]


@pytest.fixture(autouse=True)
def planted(world):
    HIDDEN.update(record.public_id for record in world.records.values())
    with override_settings(ROOT_URLCONF=__name__):
        yield


def hidden_cells(world, everybody, name):
    row = Row(name, (Act.READ_CASE,), of=("case",))
    return [cell for cell in cells(world, everybody, [row]) if cell.is_hidden]


def test_an_address_without_a_row_and_a_row_without_an_address_are_found():
    rows = [*ROWS, *SIGN_IN, Row("long_gone")]
    found = rows_and_routes(rows)
    assert "long_gone: there is no such address" in found
    assert {f"{name}: no row says who may open it" for name in PLANTED} <= set(found)


def test_a_row_that_names_another_door_than_its_page_is_found():
    from hearth.web.gates import Door

    other = [replace(row, door=Door.ANYONE) if row.name == "case" else row for row in ROWS]
    assert any(finding.startswith("case: stands behind the door") for finding in rows_and_routes([*other, *SIGN_IN]))


def test_a_page_that_forgets_its_check_is_found(world, everybody):
    found = wrong_answers(world, hidden_cells(world, everybody, "forgetful"))
    assert "GET forgetful case by outsider: answers “open”, must be “not here”" in found
    assert wrong_answers(world, hidden_cells(world, everybody, "sound")) == []


@pytest.mark.parametrize(
    ("page", "what"),
    [("forbidding", "status"), ("asking_more", "queries"), ("heading", "headers"), ("forbidding", "body")],
)
def test_a_page_that_tells_hidden_from_missing_is_found(world, everybody, page, what):
    found = differences(world, hidden_cells(world, everybody, page)[:3])
    assert any(f"hidden and missing differ in {what}" in finding for finding in found)
    assert differences(world, hidden_cells(world, everybody, "sound")[:3]) == []


def test_an_attempt_that_nobody_learns_of_is_found(world, everybody, tables):
    asked = hidden_cells(world, everybody, "quiet")[:3]
    before = attempts(tables)
    assert differences(world, asked) == [], "it answers well"
    assert attempts(tables) == before, "and keeps nothing: the matrix expects two for each cell"


def test_a_page_that_only_shows_and_takes_a_form_all_the_same_is_found(world, everybody):
    row = Row("sound", (Act.READ_CASE,), of=("case",))
    assert methods_taken(everybody, [row], world) == ["POST sound: answers “open”"]


@pytest.mark.parametrize("left_out", [mask.name for mask in MASKS])
def test_each_mask_is_needed(world, everybody, left_out):
    """A form page asked for twice, and an address asked for by nobody signed in: only the masks make them alike."""
    ids = [str(uuid.uuid4()), str(uuid.uuid4())]
    pairs = [
        [(ask(everybody["champion"], "GET", "/"), each) for each in ids],
        [(ask(everybody["nobody signed in"], "GET", f"/case/{each}"), each) for each in ids],
    ]
    some = tuple(mask for mask in MASKS if mask.name != left_out)

    def differ(pair, masks):
        (one, asked), (other, asked_too) = pair
        return masked(one, asked, masks) != masked(other, asked_too, masks)

    assert not any(differ(pair, MASKS) for pair in pairs)
    assert any(differ(pair, some) for pair in pairs)


@pytest.mark.parametrize("planted_difference", ["a name", "another header", "another status", "one more question"])
def test_no_mask_covers_what_would_tell(planted_difference):
    token = '<input type="hidden" name="csrfmiddlewaretoken" value="' + "a" * 64 + '">'
    there = Answer(404, {"X-Request-Id": "1", "Content-Length": "9"}, f"{token} Not found", ("select 1",))
    not_there = {
        "a name": replace(there, body=there.body + " Declan Heath"),
        "another header": replace(there, headers={**there.headers, "Content-Length": "10"}),
        "another status": replace(there, status=403),
        "one more question": replace(there, asked=("select 1", "select 2")),
    }[planted_difference]
    assert masked(there, "-") == masked(replace(there, headers={**there.headers, "X-Request-Id": "2"}), "-")
    assert masked(there, "-") != masked(not_there, "-")


def attempts(tables):
    return tables.execute("select count(*) from access_refusal").fetchone()[0]
