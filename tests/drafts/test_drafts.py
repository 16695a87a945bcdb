"""What is typed and not yet sent is kept, is its writer's alone, and says how old it is."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind, NotYours
from hearth.drafts.operations import (
    discard_draft,
    finish_draft,
    keep_posted,
    new_form_key,
    new_token,
    save_draft,
    sign_form,
)
from hearth.drafts.queries import draft, drafts_of
from hearth.drafts.terms import MOST_DRAFTS, AlreadySent, NeedsToken, NoSuchDraft, NotSigned, TooLong
from hearth.organisation.operations import switch_off

MONDAY = datetime(2026, 11, 16, 10, 12, tzinfo=UTC)
TYPED = {
    "words": ["Bruises on the wee one’s arm, canary-7Q."],
    "signs": ["injury", "fear"],
    "csrfmiddlewaretoken": ["x"],
}


@pytest.fixture
def key():
    return new_form_key()


@pytest.fixture
def saved(cast, key):
    with acting_as(cast.reporter):
        save_draft(form="concern", form_key=key, fields=TYPED, by=cast.reporter, at=MONDAY)
    return key


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_a_draft_comes_back_as_it_was_typed_and_says_when(cast, saved):
    """Feature 5: a draft survives a time-out, and last week's is never shown as today's."""
    with acting_as(cast.reporter):
        (found,) = drafts_of(cast.reporter, at=MONDAY + timedelta(hours=1))
        assert found.fields == {"words": TYPED["words"], "signs": ["injury", "fear"]}
        assert found.saved_at == MONDAY
        assert not found.is_from_another_day(MONDAY + timedelta(hours=13, minutes=47))
        assert found.is_from_another_day(MONDAY + timedelta(hours=13, minutes=48))
        assert drafts_of(cast.reporter, at=MONDAY, form="contact") == []


def test_typing_on_keeps_the_newest_words_of_the_same_form(cast, saved):
    with acting_as(cast.reporter):
        later = MONDAY + timedelta(minutes=3)
        save_draft(form="concern", form_key=saved, fields={"words": ["More."]}, by=cast.reporter, at=later)
        (found,) = drafts_of(cast.reporter, at=later)
        assert (found.fields, found.started_at, found.saved_at) == ({"words": ["More."]}, MONDAY, later)


@pytest.mark.parametrize("somebody", ["outsider", "lead", "administrator", "triage_officer", "relative"])
def test_nobody_else_finds_a_draft_whatever_his_post(cast, saved, somebody):
    viewer = getattr(cast, somebody)
    with acting_as(viewer):
        assert drafts_of(viewer, at=MONDAY) == []
        with pytest.raises(NoSuchDraft):
            draft(viewer, saved, at=MONDAY)
        # Not even asked for in the writer's name, nor by plain SQL.
        assert drafts_of(cast.reporter, at=MONDAY) == []
        assert raw("select * from drafts_draft") == []
        assert raw("update drafts_draft set sent_at = now() returning id") == []
    # The control: the writer sees it by the same statement.
    with acting_as(cast.reporter):
        assert len(raw("select * from drafts_draft")) == 1


def test_the_words_are_not_readable_in_the_database_and_open_only_in_their_own_row(cast, saved):
    with acting_as(cast.reporter):
        ((body,),) = raw("select body from drafts_draft")
        assert b"canary-7Q" not in bytes(body)
        other = new_form_key()
        save_draft(form="concern", form_key=other, fields={"words": ["Mine"]}, by=cast.reporter, at=MONDAY)
        raw("update drafts_draft set body = %s where form_key = %s returning id", body, other)
        with pytest.raises(NoSuchDraft):
            draft(cast.reporter, other, at=MONDAY)
        assert draft(cast.reporter, saved, at=MONDAY).fields["words"] == TYPED["words"]


def test_a_sent_draft_is_offered_no_more_and_gone_a_day_later(cast, saved):
    with acting_as(cast.reporter):
        finish_draft(saved, by=cast.reporter, at=MONDAY)
        assert drafts_of(cast.reporter, at=MONDAY) == []
        assert draft(cast.reporter, saved, at=MONDAY + timedelta(hours=23)).sent_at == MONDAY
        with pytest.raises(NoSuchDraft):
            draft(cast.reporter, saved, at=MONDAY + timedelta(hours=24))
        with pytest.raises(AlreadySent):
            save_draft(form="concern", form_key=saved, fields=TYPED, by=cast.reporter, at=MONDAY)


def test_an_idle_draft_is_gone_after_fourteen_days(cast, saved):
    with acting_as(cast.reporter):
        assert drafts_of(cast.reporter, at=MONDAY + timedelta(days=14, seconds=-1))
        assert drafts_of(cast.reporter, at=MONDAY + timedelta(days=14)) == []


def test_a_discarded_draft_loses_its_words_at_once(cast, saved):
    with acting_as(cast.reporter):
        discard_draft(saved, by=cast.reporter, at=MONDAY)
        ((body,),) = raw("select body from drafts_draft")
        assert bytes(body) == b""
        with pytest.raises(NoSuchDraft):
            discard_draft(saved, by=cast.reporter, at=MONDAY)


def test_two_people_on_one_reporting_link_never_see_each_others_words(cast, key):
    mine, theirs, link = new_token(), new_token(), cast.link
    with acting_as(link):
        save_draft(form="concern", form_key=key, fields=TYPED, by=link, at=MONDAY, token=mine)
        assert drafts_of(link, at=MONDAY, token=theirs) == []
        raw("select set_config('hearth.draft_token', '', true)")
        assert raw("select * from drafts_draft") == []
        with pytest.raises(NeedsToken):
            drafts_of(link, at=MONDAY)
        assert len(drafts_of(link, at=MONDAY, token=mine)) == 1


def test_a_draft_holds_a_long_account_and_refuses_what_is_too_long(cast, key):
    with acting_as(cast.reporter):
        save_draft(form="concern", form_key=key, fields={"words": ["é" * 99_000]}, by=cast.reporter, at=MONDAY)
        with pytest.raises(TooLong, match="characters"):
            save_draft(form="concern", form_key=key, fields={"words": ["e" * 100_001]}, by=cast.reporter, at=MONDAY)
        for _ in range(MOST_DRAFTS - 1):
            save_draft(form="concern", form_key=new_form_key(), fields={}, by=cast.reporter, at=MONDAY)
        with pytest.raises(TooLong, match="many forms"):
            save_draft(form="concern", form_key=new_form_key(), fields={}, by=cast.reporter, at=MONDAY)


def test_nobody_saves_in_somebody_elses_name(cast, key):
    with acting_as(cast.worker), pytest.raises(NotYours):
        save_draft(form="concern", form_key=key, fields=TYPED, by=cast.reporter, at=MONDAY)


def test_a_form_posted_signed_out_keeps_its_text_for_its_owner_alone(cast, key):
    """Feature 5: nothing typed is lost when the session ended, and nothing is shown before signing in."""
    signature = sign_form(cast.reporter, "concern", key, at=MONDAY)
    assert keep_posted(signature, TYPED, at=MONDAY + timedelta(hours=9)) is None
    with acting_as(cast.lead):
        assert drafts_of(cast.reporter, at=MONDAY) == []
    with acting_as(cast.reporter):
        assert draft(cast.reporter, key, at=MONDAY).fields["words"] == TYPED["words"]


def test_a_link_keeps_a_posted_form_for_whoever_holds_the_token(cast, key):
    token, link = new_token(), cast.link
    signature = sign_form(link, "concern", key, at=MONDAY, token=token)
    assert token not in signature
    assert token.encode() not in base64.urlsafe_b64decode(signature)
    keep_posted(signature, TYPED, at=MONDAY)
    with acting_as(link):
        assert drafts_of(link, at=MONDAY, token=new_token()) == []
        assert len(drafts_of(link, at=MONDAY, token=token)) == 1


def test_a_form_that_arrived_before_the_session_ended_is_not_kept_twice(cast, saved):
    with acting_as(cast.reporter):
        finish_draft(saved, by=cast.reporter, at=MONDAY)
    keep_posted(sign_form(cast.reporter, "concern", saved, at=MONDAY), {"words": ["again"]}, at=MONDAY)
    with acting_as(cast.reporter):
        assert draft(cast.reporter, saved, at=MONDAY).fields["words"] == TYPED["words"]


@pytest.mark.parametrize("forge", ["changed", "garbage", "too old", "switched off", "empty"])
def test_a_form_without_our_signature_is_not_kept(cast, key, forge):
    reporter = cast.reporter
    good = sign_form(reporter, "concern", key, at=MONDAY)
    if forge == "switched off":
        from hearth.organisation.models import User

        with acting_as(cast.administrator):
            switch_off(User.objects.get(pk=reporter.id), at=MONDAY)
    at = MONDAY + timedelta(days=15) if forge == "too old" else MONDAY
    *before, last = base64.urlsafe_b64decode(good)
    changed = base64.urlsafe_b64encode(bytes([*before, last ^ 1])).decode()
    signature = {"changed": changed, "garbage": "not base64 !", "empty": ""}.get(forge, good)
    with pytest.raises(NotSigned):
        keep_posted(signature, TYPED, at=at)


def test_even_an_open_circle_gives_no_way_into_drafts(cast, saved):
    with acting_as(cast.lead):
        make_circle(CircleKind.CONCERN, by=cast.lead, at=MONDAY)
        assert raw("select * from drafts_draft") == []
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            raw("delete from drafts_draft returning id")
