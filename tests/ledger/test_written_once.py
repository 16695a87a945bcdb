"""Statements that are written once give what the models' managers give, and refuse to be used wrongly."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hearth.concerns.models import Concern
from hearth.ledger.asking import Asked, AskedLines
from hearth.ledger.inserting import insert
from hearth.organisation.models import Appointment, Team, User
from hearth.timescales.models import Clock
from walked import COLD, raised

CALLED = Asked(lambda name, kind: User.objects.filter(name=name, kind=kind).exclude(email="").order_by("-id"), given=2)
HELD = Asked(lambda user: Appointment.objects.select_related("post", "user").filter(user_id=user).order_by("id"))


@pytest.fixture
def two_teams(cast):
    with cast.acting("administrator"):
        yield insert(Team(name="Larch Street"), Team(name="Elder Row"))


def test_new_rows_are_as_the_manager_would_have_written_them(two_teams):
    kept = list(Team.objects.filter(name__in=["Larch Street", "Elder Row"]).order_by("id"))
    assert [team.name for team in kept] == ["Larch Street", "Elder Row"], "in the order in which they were given"
    assert two_teams.pk == kept[0].pk
    assert not two_teams._state.adding
    assert two_teams.entity_id is kept[0].entity_id is None, "what was not said is as the field has it"


def test_a_row_that_is_not_allowed_is_refused_alike(two_teams):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Team(name="Larch Street"))
    assert Team.objects.filter(name="Larch Street").count() == 1


def test_a_question_is_answered_as_the_manager_answers_it(cast):
    for user in User.objects.all():
        asked = User.objects.filter(name=user.name, kind=user.kind).exclude(email="").order_by("-id")
        assert CALLED(user.name, user.kind) == list(asked)
        assert [each.__dict__.keys() for each in CALLED(user.name, user.kind)] == [
            each.__dict__.keys() for each in asked
        ]
    assert CALLED("Nobody Atall", "employee") == []


def test_what_it_points_at_comes_with_it(cast):
    worker = cast.worker
    with CaptureQueriesContext(connection) as asked:
        found = HELD(worker.id)
        posts = [each.post.title for each in found]
    assert len(asked) == 1
    assert found, "she holds a post"
    assert posts == [each.post.title for each in Appointment.objects.filter(user_id=worker.id).order_by("id")]


def test_lines_are_those_of_the_manager(cast):
    worker = cast.worker
    lines = AskedLines(lambda user: Appointment.objects.filter(user_id=user).values_list("post__title", "is_cover"))
    assert lines(worker.id) == list(
        Appointment.objects.filter(user_id=worker.id).values_list("post__title", "is_cover")
    )
    assert lines(worker.id)[0][1] is False


def test_columns_that_are_no_plain_values_are_written_and_read_as_they_were(cast):
    asked = Asked(lambda public_id: Concern.objects.filter(public_id=public_id))
    receipt = raised(cast)
    with cast.acting("reporter"):
        (found,) = asked(receipt.public_id)
        by_manager = Concern.objects.get(public_id=receipt.public_id)
        assert vars(found).keys() == vars(by_manager).keys()
        assert {name: value for name, value in vars(found).items() if name != "_state"} == {
            name: value for name, value in vars(by_manager).items() if name != "_state"
        }
        assert found.signs == list(COLD.signs), "a list in PostgreSQL"
    with cast.acting("triage_officer"):
        clocks = Asked(lambda concern: Clock.objects.filter(about_kind="concern", about_id=concern).order_by("id"))
        assert [each.facts for each in clocks(found.id)] == [each.facts for each in Clock.objects.order_by("id")]
        assert all(isinstance(each.facts, dict) for each in clocks(found.id)), "JSON in PostgreSQL"


def test_a_question_that_forgets_what_it_was_given_is_no_question(cast):
    forgetful = Asked(lambda name, kind: User.objects.filter(name=name), given=2)
    with pytest.raises(TypeError, match="must use all"):
        forgetful("Somebody", "employee")
    with pytest.raises(TypeError, match="takes 2 values"):
        CALLED("Somebody")
