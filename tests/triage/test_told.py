"""Whoever reads a concern reads everything the reporter told and triage decided, in the words of their forms."""

import uuid
from dataclasses import replace

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases import queries as cases
from hearth.cases.operations import handing_over
from hearth.cases.terms import Risk
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Agreed, Came, Knows, ToldBy
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.triage.terms import ForChildren, Limb, Limbs, Outcome, SubjectKind
from walked import COLD, OPEN
from web.signed_in import at_a_browser, read


def test_the_page_says_how_to_reach_them_what_they_said_and_why_no_parent_was_told(cast):
    told = replace(
        COLD, told_by=ToldBy.NEIGHBOUR, may_contact=True, contact="01632 960123 after six", knows=Knows.YES,
        agreed=Agreed.DID_NOT, parent_told=False, parent_why_not="He answers the telephone himself",
    )  # fmt: skip
    with acting_as(cast.reporter):
        receipt = raise_concern(told, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    page = read(at_a_browser(cast.triage_officer).get(f"/concern/{receipt.public_id}"))
    for words in (
        "A neighbour", "01632 960123 after six", "They did not agree", "Was a parent told No",
        "He answers the telephone himself",
    ):  # fmt: skip
        assert words in page, words


def test_triage_reads_who_lives_there_and_that_the_reporter_was_not_sure_about_our_people(cast):
    told = replace(COLD, vulnerable=("infant", "breathing"), about_staff=AboutStaff.NOT_SURE)
    for reader, said in ((cast.triage_officer, replace(told, about_staff=AboutStaff.NO)), (cast.lead, told)):
        with acting_as(cast.reporter):
            receipt = raise_concern(said, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
        page = read(at_a_browser(reader).get(f"/concern/{receipt.public_id}"))
        assert "Who lives there, as told A baby; Asthma or another breathing problem" in page
        not_sure = "About someone who works or volunteers for or with us Not sure"
        assert (not_sure in page) is (said is told)


def test_what_was_not_asked_takes_no_line(cast):
    with acting_as(cast.reporter):
        receipt = raise_concern(COLD, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    page = read(at_a_browser(cast.triage_officer).get(f"/concern/{receipt.public_id}"))
    assert "Who told Not said" in page
    assert "Was a parent told" not in page
    assert "Did they agree" not in page


TESTED = Limbs(Limb.YES, "Needs help to dress", Limb.NO, "Nobody else comes near her", Limb.NOT_KNOWN, "")
JUDGED = replace(
    OPEN, subject=SubjectKind.BOTH, limbs=TESTED, domestic_abuse=True, child_decision=ForChildren.IN_THIS_CASE,
    harm="neglect",
)  # fmt: skip


def decided(cast, judgement, *, hand_to=None):
    triage = cast.triage_officer
    with acting_as(cast.reporter):
        receipt = raise_concern(COLD, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(triage):
        concern = concern_for(triage, receipt.public_id)
        risk = Risk.HIGH if judgement.outcome is Outcome.OPEN_CASE else None
        begin = Begin(risk=risk, risk_why="An infant", hand_to=hand_to, what_matters="The children")
        decide_concern(concern, judgement, begin, by=triage, at=now(), key=uuid.uuid4())
    return concern


def test_a_decision_is_read_again_with_the_adult_test_and_what_shows_each_part(cast):
    """By triage, and by whoever took the case on; by nobody else."""
    concern = decided(cast, JUDGED, hand_to=cast.owner.id)
    with acting_as(cast.owner):
        handing_over.accept(cases.offered_to_me(cast.owner)[0], by=cast.owner, at=now())
    for reader in (cast.triage_officer, cast.owner):
        page = read(at_a_browser(reader).get(f"/concern/{concern.public_id}"))
        for words in (
            "Who it is about A child and an adult", "Children live there or visit Yes",
            "Domestic abuse is part of it, or may be Yes", "Decided for each child They are part of this case",
            "Kind of harm Neglect", "Do they have needs for care and support? Yes: Needs help to dress",
            "at risk of, abuse or neglect? No: Nobody else comes near her", "protect themselves? Not known",
            "Rests only on what the adults wish No",
        ):  # fmt: skip
            assert words in page, words
    assert at_a_browser(cast.outsider).get(f"/concern/{concern.public_id}").status_code == 404


def test_the_advice_that_was_given_is_read_again_and_what_was_not_asked_takes_no_line(cast):
    advice = replace(OPEN, outcome=Outcome.ADVICE, considered=(Outcome.WATCH,), detail="Ring the energy line")
    page = read(at_a_browser(cast.triage_officer).get(f"/concern/{decided(cast, advice).public_id}"))
    assert "Advice given Ring the energy line" in page
    assert "Do they have needs" not in page
    assert "Decided for each child" not in page
