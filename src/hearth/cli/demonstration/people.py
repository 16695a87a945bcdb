"""Who is in the demonstration's cases: a family, and the sister of a colleague, who therefore sees nothing of hers."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn
from hearth.cases.queries import case_for
from hearth.housing.operations import On, put_marker
from hearth.housing.terms import MarkerKind
from hearth.organisation.terms import Part
from hearth.pathway.people_in_records import AboutPeople, keep_safe_contact, keep_wish, put_person, say_relationship
from hearth.people.queries import Somebody, find_people
from hearth.people.terms import Asked, Channel, ContactRule, PartPlayed, Source, Tie

SHOWN_TO = (Part.REPAIRS_DESK, Part.REPAIRS_COMPETENT, Part.REGISTER_READER)


def tell_of_the_family(cast: Mapping[str, SignedIn], case_id: uuid.UUID, *, at: datetime) -> None:
    """The mother and her two children, what the older one wants, and what repairs must mind."""
    worker = cast["case-worker"]
    with acting_as(worker), transaction.atomic():
        case = case_for(worker, case_id)
        mia = _put(worker, case, "Mia Ashby", PartPlayed.SUBJECT_CHILD, at=at)
        _put(worker, case, "Theo Ashby", PartPlayed.SUBJECT_CHILD, at=at)
        leah = _put(worker, case, "Leah Ashby", PartPlayed.CARER, at=at)
        say_relationship(case, leah, Tie.PARENT, mia, by=worker, at=at)
        keep_wish(
            case, mia, asked=Asked.SAID, words="“I want my own bed to be warm.”", said_at=at,
            told_by=Source.THE_PERSON, by=worker, at=at, key=uuid.uuid4(),
        )  # fmt: skip
        keep_safe_contact(
            case, leah, Channel.PHONE, ContactRule.LEAVE_NO_MESSAGE, value="After school, on her own number",
            by=worker, at=at,
        )  # fmt: skip
        put_marker(
            case, On(home=case.home), kind=MarkerKind.ACCESS, words="Ring before you come, and bring a second person",
            until=(at + timedelta(days=60)).date(), shown_to=SHOWN_TO, by=worker, at=at,
        )  # fmt: skip


def tell_of_the_sister(cast: Mapping[str, SignedIn], case_id: uuid.UUID, *, at: datetime) -> None:
    """Her brother works here: the case is restricted as soon as it says who she is to him."""
    worker = cast["case-worker"]
    with acting_as(worker), transaction.atomic():
        case = case_for(worker, case_id)
        nora = _put(worker, case, "Nora Heath", PartPlayed.SUBJECT_ADULT, at=at)
        say_relationship(case, _called(worker, "Declan Heath"), Tie.SIBLING, nora, by=worker, at=at)


def _put(worker: SignedIn, case: AboutPeople, name: str, part: PartPlayed, *, at: datetime) -> Somebody:
    somebody = _called(worker, name)
    put_person(case, somebody, part, by=worker, at=at)
    return somebody


def _called(worker: SignedIn, name: str) -> Somebody:
    return next(one for one in find_people(worker, name) if one.name == name)
