"""Whoever told by a link holds a code: with it he learns how it stands, and says that he is still worried."""

import re
import uuid

import pytest
from django.test import Client

from filled_in import ENOUGH, NOTICED, reference_on
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.links import end_link, link_carrying
from hearth.concerns.models import Concern, Worry
from hearth.concerns.operations import answer_worry, start_looking
from hearth.concerns.queries import just_sent, worries_waiting
from hearth.concerns.receipts import code_for, digest_of, holder_of
from hearth.pathway.worrying import raise_worry
from hearth.triage.operations import decide
from hearth.triage.terms import ChildThere, Judgement, Outcome, SubjectKind
from web.signed_in import read

CODE = re.compile(r">([0-9B-Z]{4}-[0-9B-Z]{4}-[0-9B-Z]{4})<")
TOLD = {
    "who": "Declan Heath, about 60", "place": "elsewhere", "elsewhere": "The flat over the bakery",
    "contact": "07700900123", "thinks": "I think he is hurt",
}  # fmt: skip
ADVICE = Judgement(
    outcome=Outcome.ADVICE, considered=(Outcome.WATCH,), why="They have help", clause="4.1.2b",
    detail="The advice line", subject=SubjectKind.CHILD, children_in_household=ChildThere.NO, adult_wishes_only=False,
    feedback="Thank you. We spoke to them.",
)  # fmt: skip
MASKS = (r'name="(csrfmiddlewaretoken|form_key|code)" value="[^"]*"', r'nonce="[^"]*"')


@pytest.fixture
def code(van):
    return sent(van)


def sent(van, **more):
    """The code on the receipt of something just told."""
    van.see()
    (found,) = CODE.findall(van.press(**{**ENOUGH, **TOLD, **more}))
    return found


def asked(code, phone=None, **more):
    """The page as another phone sees it, which never had the link."""
    return (phone or Client(SERVER_NAME="localhost")).post("/receipt", {"code": code, **more})


def concern_of(cast, code):
    with acting_as(cast.lead):
        return Concern.objects.get(receipt_digest=digest_of(code))


def decided(cast, code, **more):
    with acting_as(cast.lead):
        concern = Concern.objects.get(receipt_digest=digest_of(code))
        judged = Judgement(**{**{name: getattr(ADVICE, name) for name in ADVICE.__dataclass_fields__}, **more})
        decide(concern, judged, by=cast.lead, at=now(), key=uuid.uuid4())


def test_it_says_how_far_it_has_come_and_what_triage_chose_to_tell(cast, code):
    assert "Received" in read(asked(code))
    with acting_as(cast.triage_officer):
        start_looking(concern_of(cast, code), by=cast.triage_officer, at=now())
    assert "Being looked at" in read(asked(code.lower().replace("-", " ")))
    decided(cast, code)
    page = read(asked(code))
    assert "Acted on" in page
    assert "Thank you. We spoke to them." in page


def test_what_is_held_stands_as_received(cast, code):
    decided(cast, code, hold_feedback=True)
    page = read(asked(code))
    assert "Received" in page
    assert "Thank you" not in page


def test_nothing_that_was_told_comes_back(cast, code):
    """The control finds a word of it in what triage reads."""
    words = [NOTICED, *TOLD.values(), concern_of(cast, code).reference]
    said = asked(code).content.decode()
    assert [word for word in words if word in said and word != "elsewhere"] == []
    decided(cast, code, feedback=NOTICED)
    assert NOTICED in asked(code).content.decode()


def test_who_is_still_worried_says_so_with_the_code_and_finds_the_answer(cast, code, van):
    other = sent(van)
    key = str(uuid.uuid4())
    page = read(asked(code, act="worry", why="Nobody came, and he shouts again", form_key=key))
    assert "A lead who did not decide will read this" in page
    assert "he shouts again" not in page
    asked(code, act="worry", why="Nobody came, and he shouts again", form_key=key)  # the page loaded again
    with acting_as(cast.lead):
        (worry,) = worries_waiting(cast.lead)
        assert worry.why == "Nobody came, and he shouts again"
        answer_worry(worry, answer="We were there today", by=cast.lead, at=now(), decided_by=frozenset())
    assert "We were there today" in read(asked(code))
    assert "We were there today" not in read(asked(other)), "another receipt of the same link"


def test_a_worry_says_something_and_what_is_missing_is_said_beside_it(code):
    page = read(asked(code, act="worry", why=" ", form_key=str(uuid.uuid4())))
    assert "There is a problem" in page
    assert "Write in a sentence what still worries you" in page


def test_a_restricted_concern_answers_as_any_other(van, code):
    staff = sent(van, about_staff="yes", about_lead="no")
    one, other = (re.sub("|".join(MASKS), "", asked(each).content.decode()) for each in (code, staff))
    assert one == other
    said = asked(staff, act="worry", why="He is on duty tonight", form_key=str(uuid.uuid4()))
    assert "A lead who did not decide will read this" in read(said)


def test_a_wrong_code_gets_one_answer_whatever_it_was(cast, code, van):
    by_account = code_for(cast.reporter.id, uuid.uuid4())
    tried = [
        "2222-2222-2222",
        code[:-1] + ("2" if code[-1] != "2" else "3"),
        code[:-1],
        by_account,
        "’; --",
        "C-7KQ4-M2",
    ]
    answers = {re.sub("|".join(MASKS), "", asked(each).content.decode().replace(each, "")) for each in tried[:4]}
    assert len(answers) == 1
    assert {asked(each).status_code for each in tried} == {200}
    assert "We do not know this code" in read(asked(tried[0]))
    assert "We do not know this code" not in read(asked(code)), "the control"


def test_an_empty_digest_is_nobodys_receipt(cast, enter):
    """What was told with an account has no code at all, and so none that could be guessed."""
    browser = enter("reporter")
    browser.see()
    receipt = browser.press(**ENOUGH)
    assert reference_on(receipt)
    assert CODE.findall(receipt) == []
    with cast.acting("triage_officer"):
        assert Concern.objects.get().receipt_digest == ""
    assert holder_of("") is None


def test_tries_are_counted(code):
    phone = Client(SERVER_NAME="localhost")
    statuses = [asked("2222-2222-2222", phone).status_code for _ in range(12)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_an_ended_link_still_answers_its_receipts(cast, code, secret):
    with cast.acting("lead"):
        end_link(link_carrying(secret, at=now()), by=cast.lead, at=now())
    assert "Received" in read(asked(code))


def test_whoever_scans_the_link_anew_on_a_shared_device_is_shown_no_code(van, code, secret):
    assert code in van.see("/report?sent")
    van.see(f"/r/{secret}")
    assert code not in van.see("/report?sent")


def test_the_code_is_kept_as_a_digest_and_a_reload_shows_it_again(cast, van, code):
    concern = concern_of(cast, code)
    with acting_as(cast.lead):
        assert code.replace("-", "") not in str(Concern.objects.filter(pk=concern.pk).values().get())
    assert code in van.see("/report?sent")


def test_a_link_reads_no_worry_but_that_of_the_receipt_it_holds(cast, van, code):
    """PostgreSQL looks at the receipt: whoever acts for the link without its key reads and adds nothing."""
    other = sent(van)
    holder, another = holder_of(code), holder_of(other)
    with acting_as(holder.viewer):
        concern = just_sent(holder.viewer, holder.key)
        raise_worry(concern, why="Nobody came", by=holder.viewer, at=now(), key=uuid.uuid4())
        assert Worry.objects.count() == 1
    with acting_as(another.viewer):
        just_sent(another.viewer, another.key)
        assert Worry.objects.count() == 0


def test_somebody_signed_in_is_told_no_more(enter, code):
    browser = enter("lead", address="/receipt", second_factor=True)
    page = browser.client.post("/receipt", {"code": code}).content.decode()
    assert "Received" in page
    assert NOTICED not in page
