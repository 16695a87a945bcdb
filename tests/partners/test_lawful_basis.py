"""On which lawful basis something is shared: offered by the kind of provider, asked by the policy, kept and told."""

import uuid
from datetime import date
from pathlib import Path

import pytest

from adopted import adopted
from api.caller import caller
from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.cases.chronology import chronology
from hearth.concerns.terms import NotComplete
from hearth.partners import operations as partners
from hearth.partners.bases import asking, offered
from hearth.partners.models import Referral
from hearth.partners.terms import Agency, Asked, How
from hearth.policy.packs import build, load
from hearth.timescales.terms import GateUnmet
from policy.small_pack import chain
from walked import TRIAGED, owned
from web.signed_in import at_a_browser, moment, read

PACKS = Path(__file__).resolve().parents[2] / "packs"
TODAY, BEFORE = date(2026, 12, 3), date(2026, 2, 4)
ALWAYS = """
[[gate]]
id = "referral.special"
act = "referral.made"
clause = "P1"
sentence = "Say what also allows you to tell of somebody’s health"
when = { fact = "to", equals = "health" }
requires = { fact = "special_basis", present = true }
"""


def of(pack, day):
    return {each.id for each in offered(pack, day).first}


def asked(consent="not_asked", **more):
    return Asked(Agency.COUNCIL_ADULTS, How.WRITTEN, "Look at how he lives", consent, "adult", **more)


def test_a_council_and_an_association_are_offered_each_its_own():
    """features 60, 128"""
    council, association = load(PACKS / "rbkc-2019"), load(PACKS / "livv-2022")
    both = {"legal_obligation", "vital_interests"}
    assert of(council, TODAY) == both | {"public_task"}
    assert of(association, TODAY) == both | {"legitimate_interests", "recognised_interest"}
    assert of(association, BEFORE) == both | {"legitimate_interests"}, "what the law does not say yet is not offered"
    assert [each.id for each in offered(council, TODAY).special] == ["special_safeguarding"]
    assert build(chain("")).bases_offered(TODAY) == (), "a policy that names none asks nothing"
    assert list(asking(build(chain("")), TODAY)) == []


def test_what_is_shared_without_agreement_says_on_which_basis_and_the_chronology_tells_it(cast):
    owner, case = cast.owner, owned(cast)
    with acting_as(owner):
        for wish in ("not_asked", "not_needed"):
            with pytest.raises(GateUnmet) as unmet:
                partners.refer(None, case, asked(wish), by=owner, at=TRIAGED, key=uuid.uuid4())
            assert [(each.gate, each.clause) for each in unmet.value.unmet] == [("referral.basis", "DP.6")]
        agreed = partners.refer(None, case, asked("given"), by=owner, at=TRIAGED, key=uuid.uuid4())
        assert agreed.basis == "", "agreement is a basis of its own"
        for wrong in ({"basis": "legitimate_interests"}, {"basis": "moonlight"}, {"special_basis": "public_task"}):
            with pytest.raises(NotComplete, match="lawful basis that the policy offers"):
                partners.refer(None, case, asked(**wrong), by=owner, at=TRIAGED, key=uuid.uuid4())
        whole = asked(
            "refused", basis="public_task", special_basis="special_safeguarding", override_ground="danger_to_others",
            override_why="A blocked stair",
        )  # fmt: skip
        partners.refer(None, case, whole, by=owner, at=TRIAGED, key=uuid.uuid4())
        told = next(each.words for each in chronology(owner, case) if "A blocked stair" in each.words)
    assert "Lawful basis: A task in the public interest (Article 6(1)(e)); Safeguarding children" in told
    assert "Without agreement: Danger to others: A blocked stair" in told


def test_the_form_offers_what_the_policy_offers_and_asks_in_its_words(cast, monkeypatch):
    adopted(cast, ALWAYS)
    case = owned(cast)
    monkeypatch.setattr(clock, "now", lambda: TRIAGED)
    owner, where = at_a_browser(cast.owner), f"/case/{case.public_id}/refer"
    form = read(owner.get(where))
    assert "A task in the public interest (Article 6(1)(e))" in form
    assert "Choose the lawful basis wherever they did not agree (DP.6)." in form
    assert "Legitimate interests" not in form, "that is an association’s"
    told = {
        "key": str(uuid.uuid4()), "agency": "health", "how": "written", "urgent": "no", "subject": "adult",
        "asked": "He does not wake", "consent": "not_asked", **moment(TRIAGED.date(), "9:00am"),
    }  # fmt: skip
    refused = owner.post(where, told)
    assert "He does not wake" in read(refused), "what was typed is kept"
    assert b'href="/promises/DP.6"' in refused.content, "the sentence leads to its clause"
    assert b'id="basis-error"' in refused.content, "and stands beside its question"
    unsaid = owner.post(where, {**told, "basis": "vital_interests"})
    assert "Say what also allows you to tell of somebody’s health" in read(unsaid)
    assert b'id="special_basis-error"' in unsaid.content
    whole = {**told, "basis": "vital_interests", "special_basis": "special_safeguarding"}
    assert owner.post(where, whole).status_code == 302
    with acting_as(cast.owner):
        kept = Referral.objects.get()
    assert (kept.basis, kept.special_basis) == ("vital_interests", "special_safeguarding")
    page = read(owner.get(f"/referral/{kept.public_id}"))
    assert "Somebody's life (Article 6(1)(d)); Safeguarding children and people at risk" in page.replace("’", "'")


def test_another_system_sends_the_same_codes_and_is_refused_with_the_same_clause(cast):
    case = owned(cast)
    owner, where = caller(cast.owner), f"/cases/{case.public_id}/referrals"
    codes = owner.get("/policy").body
    assert [each["code"] for each in codes["bases"]] == ["public_task", "legal_obligation", "vital_interests"]
    assert "danger_to_others" in [each["code"] for each in codes["override_grounds"]]
    sent = {"agency": "council_adults", "how": "written", "what": "Look at how he lives", "consent": "refused",
            "override_why": "A blocked stair", "override_ground": "danger_to_others"}  # fmt: skip

    def post(**more):
        return owner.post(where, {**sent, **more, "key": str(uuid.uuid4())})

    refused = post()
    assert (refused.status, "DP.6" in str(refused.body)) == (422, True)
    assert post(basis="legitimate_interests").status == 422
    assert post(basis="public_task", override_ground="moonlight").status == 422
    made = post(basis="public_task")
    assert made.status == 201, made.body
    shown = owner.get(f"/referrals/{made.body['id']}").body
    assert (shown["basis"], shown["override_ground"]) == ("public_task", "danger_to_others")
