"""A row cannot hang on a record of another circle, whoever writes it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from hearth.access.identity import acting_as
from hearth.cases.models import Note
from hearth.cases.operations.working import write_note
from hearth.cases.queries import case_for
from walked import TRIAGED, opened


def test_a_note_hangs_on_a_case_of_its_own_circle_or_is_refused(house, cast):
    lead = cast.lead
    first, second = opened(cast).case, opened(cast).case
    with acting_as(lead):
        ours, other = case_for(lead, first.public_id), case_for(lead, second.public_id)
        write_note(ours, text="She rang.", by=lead, at=TRIAGED, key=uuid.uuid4())
        kept(ours, ours.circle_id, lead)
        with pytest.raises(IntegrityError, match="cases_note_case_id_in_its_circle"):
            kept(ours, other.circle_id, lead)
        assert set(Note.objects.filter(case=ours).values_list("circle_id", flat=True)) == {ours.circle_id}


def kept(case, circle, lead):
    """A note written past the operations, in whatever circle somebody says; its keys are looked at now."""
    with transaction.atomic():
        Note.objects.create(
            circle_id=circle, case=case, idempotency_key=uuid.uuid4(), text="He rang.", written_by_id=lead.id,
            written_at=TRIAGED,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
