"""Logging a concern, signed in: features 1, 5, 6, 8 and 9."""

import re
import uuid
from datetime import timedelta

import pytest

from filled_in import ENOUGH, NOTICED, reference_on
from hearth.access.clock import now
from hearth.concerns.models import Concern
from hearth.drafts.operations import save_draft
from hearth.housing.queries import open_hazards
from hearth.organisation.models import User
from hearth.organisation.operations import add_shift
from hearth.outbound.operations.on_call import acknowledge
from hearth.outbound.queries.on_call import alerts_ringing
from housing.estate import make_home

ATTACK = "<script>alert('x')</script>{{ 7*7 }}"


@pytest.fixture
def on_call(cast):
    with cast.acting("administrator"):
        lead = User.objects.get(pk=cast.lead.id)
        at = now()
        add_shift(
            lead, rung=1, phone="0161 496 0155", starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=8)
        )


@pytest.fixture
def homes(cast):
    return [make_home(cast.register_keeper, f"{number} Acacia Road") for number in (12, 14)]


def test_four_answers_are_enough_and_the_receipt_says_what_happens_next_and_by_whose_limit(enter, cast):
    browser = enter("reporter")
    page = browser.see()
    for line in (
        "Listen.",
        "Do not promise to keep it secret.",
        "Do not question a child",
        "Do not speak to the person",
    ):
        assert line in page
    receipt = browser.press(**ENOUGH)
    with cast.acting("triage_officer"):
        concern = Concern.objects.get()
    assert reference_on(receipt) == concern.reference
    assert (concern.noticed, concern.came_by, concern.place) == (NOTICED, "page", "not_known")
    assert "Decide on the concern" in receipt
    assert "Set by Hearth, confirm with your lead" in receipt
    assert NOTICED not in receipt, "a receipt may lie about: it repeats no word"


def above_the_form(page):
    """The lines that stand there, without those no chosen sign brings."""
    top = page.split("data-lines-by-sign>")[1].split("</ul>")[0]
    return [attributes for attributes in re.findall(r"<li([^>]*)>", top) if "hidden" not in attributes], top


def test_a_chosen_sign_brings_its_lines_above_the_form_once_whatever_the_page_is_shown_for(enter):
    browser = enter("reporter")
    shown, top = above_the_form(browser.see())
    assert len(shown) == 4
    assert top.count("Repairs are told at once") == 1, "two signs share the line"
    for why in ({"act": "find"}, {"act": "keep"}, {"act": "send", "noticed": ""}):
        page = browser.press(**{**ENOUGH, **why}, signs=["money", "damp_or_mould"])
        shown, top = above_the_form(page)
        assert len(shown) == 7, why
        assert page.index("Do not ask to see accounts or papers.") < page.index("data-keeps"), "above the form"
    shown, _top = above_the_form(browser.press(**{**ENOUGH, "act": "keep"}))
    assert len(shown) == 4, "what is ticked no longer is said no longer"


def test_the_title_says_nothing_and_nobody_keeps_the_page(enter):
    browser = enter("reporter")
    page = browser.see()
    assert "<title>Ashgrove Homes</title>" in page
    assert browser.answer.headers["Cache-Control"] == "no-store"
    assert 'href="/leave"' in page
    browser.press(**ENOUGH)
    assert browser.answer.redirect_chain[-1][0] == "/concerns/log?sent", "one address for the whole journey"


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("danger_now", "Say whether anyone is in danger now"),
        ("place", "Say where it is, or that you don’t know"),
        ("noticed", "Write what you saw, heard or were told"),
        ("about_staff", "Say whether this is about someone who works or volunteers for or with us"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(enter, cast, left_out, said):
    browser = enter("reporter")
    browser.see()
    page = browser.press(**{**ENOUGH, left_out: ""}, wishes="To stay at home")
    assert page.count(said) == 2, "in the summary and beside the question"
    assert "To stay at home" in page
    assert left_out == "noticed" or NOTICED in page
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()
    assert "To stay at home" in browser.see(), "a closed browser loses nothing either"


def test_nothing_is_chosen_beforehand(enter):
    assert " checked" not in enter("reporter").see()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("x" * 20_001, "Use 20,000 characters or fewer"), ("before\0after", "a character that cannot be kept")],
)
def test_what_cannot_be_kept_is_given_back_whole_with_what_to_do(enter, typed, said):
    browser = enter("reporter")
    browser.see()
    page = browser.press(**{**ENOUGH, "noticed": typed})
    assert said in page
    assert typed in page or typed.replace("\0", "") in page.replace("\0", "")


@pytest.mark.parametrize(
    "typed", ["She wrote “😰🏠” and 𝔘nicode", "  two spaces\n\n\tand a tab ", ATTACK, "=1+1;\u202eabc"]
)
def test_words_are_kept_exactly_as_typed(enter, cast, typed):
    browser = enter("reporter")
    browser.see()
    browser.press(**{**ENOUGH, "noticed": typed})
    with cast.acting("triage_officer"):
        assert Concern.objects.get().noticed == typed


def test_what_was_typed_never_becomes_part_of_the_page(enter):
    browser = enter("reporter")
    browser.see()
    browser.press(
        **{
            **ENOUGH,
            "about_staff": "",
            "noticed": ATTACK,
            "home_search": f'"{ATTACK}',
            "thinks": "</textarea>" + ATTACK,
        }
    )
    page = browser.answer.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "{{ 7*7 }}" in page


def test_everything_that_was_answered_is_kept(enter, cast):
    told = {
        "danger_now": "yes", "place": "elsewhere", "elsewhere": "The bus stop at Mill Lane", "who": "A boy of about 8",
        "about_staff": "no", "thinks": "He is not fed", "told_by": "neighbour", "may_contact": "yes",
        "contact": "After six", "keep_name_from_family": "yes", "children_there": "yes",
        "signs": ["child_not_looked_after", "hurt"], "something_else": "No shoes",
        "vulnerable": ["infant", "breathing"],
        "wishes": "To go to his gran", "knows": "yes", "agreed": "agreed", "parent_told": "no",
        "parent_why_not": "Not safe", "did": "Rang the lead",
    }  # fmt: skip
    browser = enter("reporter")
    browser.see()
    browser.press(**{**ENOUGH, **told})
    with cast.acting("triage_officer"):
        kept = Concern.objects.get()
    for name in (
        "elsewhere",
        "who",
        "thinks",
        "told_by",
        "contact",
        "children_there",
        "something_else",
        "wishes",
        "knows",
        "agreed",
        "parent_why_not",
        "did",
        "signs",
        "vulnerable",
    ):
        assert getattr(kept, name) == told[name], name
    assert (kept.danger_now, kept.may_contact, kept.keep_name_from_family, kept.parent_told) == (
        True,
        True,
        True,
        False,
    )


def test_a_sign_brings_its_line_to_the_form_and_to_the_receipt(enter):
    browser = enter("reporter")
    assert "Leave no message, letter or text at the home." in browser.see()
    receipt = browser.press(**ENOUGH, signs=["frightened_or_controlled"])
    assert "Leave no message, letter or text at the home." in receipt
    assert "Do not ask to see accounts" not in receipt


def test_more_signs_than_twelve_or_one_the_pack_does_not_have_are_not_taken(enter, cast):
    browser = enter("reporter")
    browser.see()
    assert "Select from the answers shown" in browser.press(**ENOUGH, signs=["physical_abuse"])
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()


def test_somebody_on_call_is_said_to_know_only_after_he_answered(enter, cast, on_call):
    """Feature 6, and the receipt that never says more than is so."""
    browser = enter("reporter")
    assert "0161 496 0155" in browser.see(), "before anything is typed"
    receipt = browser.press(**{**ENOUGH, "danger_now": "yes"})
    assert "Ring this number now" in receipt
    assert "We have told the on-call lead" not in receipt
    with cast.acting("lead"):
        (alert,) = alerts_ringing(cast.lead)
        acknowledge(alert.public_id, by=cast.lead, at=now())
    assert "We have told the on-call lead" in browser.see("/concerns/log?sent")


def test_without_danger_nobody_is_rung(enter, on_call):
    browser = enter("reporter")
    browser.see()
    receipt = browser.press(**ENOUGH)
    assert "Ring this number now" not in receipt
    assert "We have told the on-call lead" not in receipt


def test_yes_about_our_people_asks_whether_it_is_the_lead(enter, cast):
    browser = enter("reporter")
    browser.see()
    page = browser.press(**{**ENOUGH, "about_staff": "yes"})
    assert page.count("Say whether it is about the safeguarding lead") == 2
    browser.press(**{**ENOUGH, "about_staff": "yes", "about_lead": "yes"})
    with cast.acting("lead"):
        assert not Concern.objects.exists()
    with cast.acting("director"):
        assert Concern.objects.get().restricted


def test_not_sure_is_restricted_too(enter, cast):
    browser = enter("reporter")
    browser.see()
    page = browser.press(**{**ENOUGH, "about_staff": "not_sure", "about_lead": "no"})
    assert page.count("Say whether it may be about the safeguarding lead") == 2
    browser.press(**{**ENOUGH, "about_staff": "not_sure", "may_be_lead": "no"})
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()
    with cast.acting("lead"):
        assert Concern.objects.get().restricted


def test_not_sure_whether_it_is_the_lead_keeps_it_from_the_lead(enter, cast):
    browser = enter("reporter")
    browser.see()
    browser.press(**{**ENOUGH, "about_staff": "not_sure", "may_be_lead": "yes"})
    with cast.acting("lead"):
        assert not Concern.objects.exists()
    with cast.acting("director"):
        assert Concern.objects.get().restricted


def test_a_home_is_found_and_chosen_without_scripts_and_nothing_typed_is_lost(enter, cast, homes):
    browser = enter("reporter")
    browser.see()
    at_home = {**ENOUGH, "place": "home", "home_search": "Acacia"}
    page = browser.press(**{**at_home, "act": "find"}, wishes="Warmth")
    assert "There is a problem" not in page, "looking for a home judges nothing"
    for kept in (NOTICED, "Warmth", "12 Acacia Road", "None of these: use the address as I wrote it"):
        assert kept in page
    assert "Choose the home, or use the address" in browser.press(**at_home), "it is never chosen for anybody"
    browser.press(**at_home, home=str(homes[0].public_id))
    with cast.acting("triage_officer"):
        concern = Concern.objects.get()
    assert (concern.place, concern.home_id) == ("home", homes[0].id)


def test_an_address_that_is_not_ours_goes_as_it_was_written(enter, cast, homes):
    browser = enter("reporter")
    browser.see()
    nowhere = {**ENOUGH, "place": "home", "home_search": "99 Nowhere Street"}
    assert "use the address as you wrote it" in browser.press(**nowhere)
    browser.press(**nowhere, home="as_written")
    with cast.acting("triage_officer"):
        concern = Concern.objects.get()
    assert (concern.place, concern.elsewhere) == ("elsewhere", "99 Nowhere Street")


NOBODYS_HOME = "aa87985d-2e0a-44b1-8b0c-c75fa0653597"


@pytest.mark.parametrize("forged", [NOBODYS_HOME, "1 or 1=1", ATTACK, "\0"])
def test_a_home_nobody_offered_is_not_taken(enter, cast, homes, forged):
    browser = enter("reporter")
    browser.see()
    page = browser.press(**{**ENOUGH, "place": "home", "home_search": "Acacia"}, home=forged)
    assert "There is a problem" in page
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()


def test_a_form_sent_twice_is_one_concern_with_one_receipt(enter, cast):
    browser = enter("reporter")
    browser.see()
    sent = dict(browser.hidden)
    first = browser.press(**ENOUGH)
    again = browser.press(**ENOUGH, **sent)
    assert reference_on(first) == reference_on(again)
    assert "Decide on the concern" in again
    with cast.acting("triage_officer"):
        assert Concern.objects.count() == 1


def test_a_form_sent_again_with_other_words_loses_neither(enter, cast):
    browser = enter("reporter")
    browser.see()
    sent = dict(browser.hidden)
    browser.press(**ENOUGH)
    page = browser.press(**{**ENOUGH, **sent, "noticed": "Now there is blood on the door"})
    assert "sent before with other answers" in page
    assert "Now there is blood on the door" in page
    browser.press(**{**ENOUGH, "noticed": "Now there is blood on the door"})
    with cast.acting("triage_officer"):
        assert Concern.objects.count() == 2


def test_danger_answered_yes_after_going_back_is_not_taken_for_the_form_that_was_sent(enter, cast):
    browser = enter("reporter")
    browser.see()
    sent = dict(browser.hidden)
    browser.press(**{**ENOUGH, "danger_now": "no"})
    page = browser.press(**{**ENOUGH, **sent, "danger_now": "yes"})
    assert "sent before with other answers" in page
    browser.press(**{**ENOUGH, "danger_now": "yes"})
    with cast.acting("triage_officer"):
        assert sorted(Concern.objects.values_list("danger_now", flat=True)) == [False, True]


def test_what_is_typed_is_saved_while_typing_and_there_again_for_its_writer_alone(enter):
    """Feature 5."""
    browser = enter("reporter")
    browser.see()
    saved = browser.save(noticed=NOTICED, signs=["hurt", "money"])
    assert saved["is_saved"]
    assert saved["words"].startswith("Saved at")
    page = browser.see()
    assert NOTICED in page
    assert page.count(" checked") == 2
    assert "It has not been sent" in page
    other = enter("outsider")
    assert NOTICED not in other.see()
    other.hidden = browser.hidden
    assert NOTICED not in other.press(act="open")
    other.press(act="discard")
    assert NOTICED in browser.see(), "nobody discards another's words"
    browser.press(act="discard")
    assert NOTICED not in browser.see()


def test_after_sending_the_next_form_is_empty(enter):
    browser = enter("reporter")
    browser.see()
    browser.save(**ENOUGH)
    browser.press(**ENOUGH)
    assert NOTICED not in browser.see()


def test_words_of_another_day_are_offered_as_such_and_never_taken_for_todays(enter, cast):
    key = uuid.uuid4()
    with cast.acting("reporter"):
        save_draft(
            form="log_concern",
            form_key=key,
            fields={"noticed": [NOTICED]},
            by=cast.reporter,
            at=now() - timedelta(days=3),
        )
    browser = enter("reporter")
    page = browser.see()
    assert NOTICED not in page
    assert "that was not sent" in page
    assert NOTICED in browser.press(form_key=str(key), act="open")


def test_thirty_forms_begun_do_not_stop_the_thirty_first(enter, cast):
    with cast.acting("reporter"):
        for _ in range(30):
            save_draft(
                form="log_concern",
                form_key=uuid.uuid4(),
                fields={"noticed": ["x"]},
                by=cast.reporter,
                at=now() - timedelta(days=2),
            )
    browser = enter("reporter")
    browser.see()
    assert browser.save(noticed=NOTICED) == {"is_saved": False, "words": "Not saved."}
    assert reference_on(browser.press(**ENOUGH))


@pytest.mark.parametrize("key", ["", "nonsense", "\0", "0" * 400])
def test_a_form_without_a_good_key_still_arrives(enter, key):
    browser = enter("reporter")
    browser.see()
    assert reference_on(browser.press(**ENOUGH, form_key=key))


def test_searching_too_often_rests_the_search_and_never_the_concern(in_one_hour, enter, cast, homes, monkeypatch):
    monkeypatch.setattr("hearth.web.concerns.homes.SEARCHES_AN_HOUR", 2)
    browser = enter("reporter")
    browser.see()
    at_home = {**ENOUGH, "place": "home", "home_search": "Acacia"}
    assert "12 Acacia Road" in browser.press(**{**at_home, "act": "find"})
    browser.press(**{**at_home, "act": "find"})
    assert "12 Acacia Road" not in browser.press(**{**at_home, "act": "find"})
    browser.press(**at_home)
    with cast.acting("triage_officer"):
        assert Concern.objects.get().elsewhere == "Acacia"


def test_an_unsafe_home_reaches_the_repairs_desk_by_itself_without_names_or_story(enter, cast, homes):
    """Feature 47."""
    browser = enter("reporter")
    browser.see()
    at_home = {**ENOUGH, "place": "home", "home_search": "Acacia", "home": str(homes[0].public_id)}
    browser.press(**at_home, who="Mrs Lark", signs=["damp_or_mould"], vulnerable=["infant"])
    with cast.acting("repairs"):
        (hazard,) = open_hazards(cast.repairs)
        assert not Concern.objects.exists()
    assert (hazard.home_id, hazard.kind, hazard.vulnerable) == (homes[0].id, "damp_mould", ["infant"])


def test_the_receipt_says_that_repairs_are_told_only_where_they_were(enter, homes):
    browser = enter("reporter")
    assert "Otherwise report it to repairs too" in browser.see()
    not_known = browser.press(**ENOUGH, signs=["damp_or_mould"])
    assert "Repairs have not been told" in not_known
    assert "Repairs are told at once" not in not_known
    at_home = {**ENOUGH, "place": "home", "home_search": "Acacia", "home": str(homes[0].public_id)}
    browser.see()
    told = browser.press(**at_home, signs=["damp_or_mould", "other_danger_at_home"])
    assert told.count("Repairs are told at once") == 1
    assert "Repairs have not been told" not in told


def test_a_sign_the_pack_marks_immediate_rings_like_danger_now(enter, cast, on_call):
    browser = enter("reporter")
    browser.see()
    assert "Ring this number now" in browser.press(**ENOUGH, signs=["held_by_neck"])
    with cast.acting("lead"):
        assert len(alerts_ringing(cast.lead)) == 1
