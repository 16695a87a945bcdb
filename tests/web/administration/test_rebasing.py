"""Newer files of a policy come into force while changes rest on the older: was, is now, the change; a lead chooses."""

from django.urls import reverse

from at_a_page import day, text
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.policy.models import Proposal
from hearth.policy.packs import Chain, PackFiles
from hearth.policy.queries import adoptions, chain_of, pack_in_force
from hearth.timescales.operations import adopt_policy

TARGET, OVER = "/policy/changes/limit/case.target", "/policy/changes/over"
WORD = "/policy/changes/word/abuse_type%20neglect"
SAYS = "The policy as it is now"


def limit(number: int, said: str) -> dict[str, str]:
    return {
        "version": str(number), "limit_0": said, "warn": "2 weeks before\n1 calendar day over", "applies_to": "new",
        "clause": "4.1.6a",
    }  # fmt: skip


def newer_files(cast, *swaps: tuple[str, str], files: str = "") -> str:
    """The organisation adopts newer files of the same policy, as whoever keeps its files wrote them; their digest."""
    with acting_as(cast.lead):
        *below, top = chain_of(files or adoptions()[0].digest).packs
        bodies = dict(top.files)
        for was, now in (('version = "2025.1"', 'version = "2025.2"'), *swaps):
            assert any(was.encode() in body for body in bodies.values()), was
            bodies = {name: body.replace(was.encode(), now.encode()) for name, body in bodies.items()}
        newer = Chain((*below, PackFiles(top.name, tuple(bodies.items()))))
        return adopt_policy(newer, by=cast.lead, at=clock.now()).digest


def target(cast) -> str:
    """By when a case is resolved, as the policy in force has it."""
    return str(pack_in_force(clock.now()).rules["case.target"].bands[0].limit)


def nine_weeks(cast) -> str:
    promise = 'promise = "Find a resolution'
    return newer_files(cast, (promise, f'limit = "9 weeks"\n{promise}'))


def test_a_half_finished_change_is_brought_over_what_conflicts_is_chosen_and_another_approves(browser, cast) -> None:
    lead, director = browser("lead"), browser("director")
    lead.post(TARGET, limit(0, "6 weeks"))
    lead.post(WORD, {"version": "1", "label": "Not cared for", "local": "N1", "clause": "4.1.6a"})
    newer = nine_weeks(cast)
    page = text(lead.get("/policy/changes"))
    assert "Another policy came into force since you began. Bring your changes over to it" in page
    page = text(lead.get(OVER))
    assert "When you changed it, the policy said: 12 weeks" in page
    assert "The policy as it is now: 9 weeks" in page
    assert "Your change: 6 weeks" in page
    assert "What is brought over as it is" in page, "nobody is asked about a word the files say as before"
    assert "Not cared for" in page
    unchosen = text(lead.post(OVER, {"digest": newer}))
    assert "Select what should hold: " in unchosen
    assert "Another policy came into force meanwhile" in text(lead.post(OVER, {"digest": "x", "choice_0": "yours"}))
    done = text(lead.post(OVER, {"digest": newer, "choice_0": "yours"}, follow=True))
    assert "Limit: 9 weeks → 6 weeks" in done
    assert "Not cared for" in done
    assert "came into force since you began" not in done
    assert target(cast) == "9 weeks", "nothing is in force yet"
    lead.post("/policy/changes", {"why": "The board wants it sooner", **day("first_day", clock.now().date())})
    with as_the_house():
        proposal = reverse("proposed_policy", args=[Proposal.objects.get().public_id])
    director.post(proposal, {"decision": "approve", "comment": ""})
    assert target(cast) == "6 weeks"
    assert adoptions()[0].version == "2025.2+1"
    assert Chain(chain_of(adoptions()[0].digest).packs[:-1]) == chain_of(newer), "the newer files lie below, untouched"


def test_where_the_files_are_chosen_the_change_is_left_out(browser, cast) -> None:
    lead = browser("lead")
    lead.post(TARGET, limit(0, "6 weeks"))
    newer = nine_weeks(cast)
    done = text(lead.post(OVER, {"digest": newer, "choice_0": "theirs"}, follow=True))
    assert "Nothing was brought over" in done
    assert "Nothing yet." in done
    assert OVER not in lead.get("/policy/changes").content.decode()


def test_changes_that_were_in_force_are_offered_again_over_newer_files(browser, cast) -> None:
    lead, director = browser("lead"), browser("director")
    nothing = text(lead.get(OVER))
    assert "There is nothing to bring over" in nothing
    assert "Bring them over" not in nothing, "no button that does nothing"
    assert "nothing to try" in text(lead.get("/policy/changes/try"))
    files = adoptions()[0].digest
    lead.post(TARGET, limit(0, "6 weeks"))
    assert "Try them" in text(lead.get("/policy/changes/try"))
    lead.post("/policy/changes", {"why": "Sooner", **day("first_day", clock.now().date())})
    with as_the_house():
        proposal = reverse("proposed_policy", args=[Proposal.objects.get().public_id])
    director.post(proposal, {"decision": "approve", "comment": ""})
    assert target(cast) == "6 weeks"
    newer = newer_files(cast, files=files)
    assert target(cast) == "12 weeks"
    assert "What was changed here before is not in them." in text(lead.get("/policy/changes"))
    page = text(lead.get(OVER))
    assert SAYS not in page, "the files say what they said: nobody is asked"
    done = text(lead.post(OVER, {"digest": newer}, follow=True))
    assert "Limit: 12 weeks → 6 weeks" in done


def test_what_the_newer_files_do_not_have_any_more_is_named_and_left_behind(browser, cast) -> None:
    lead = browser("lead")
    sign = "/policy/changes/sign/held_by_neck"
    lead.post(sign, {"version": "0", "label": "Somebody was held", "lines": "Ring 999", "clause": "4.1.6a"})
    lead.post(TARGET, limit(1, "6 weeks"))
    newer = newer_files(cast, ('"4.1.6a"', '"4.1.6x"'))
    page = text(lead.get(OVER))
    assert "What cannot be brought over" in page
    assert "The policy has no clause 4.1.6a any more, which the change cites." in page
    assert "Nothing was brought over" in text(lead.post(OVER, {"digest": newer}, follow=True))


def test_only_a_lead_brings_changes_over_and_another_leads_are_not_shown(browser, cast) -> None:
    browser("lead").post(TARGET, limit(0, "6 weeks"))
    nine_weeks(cast)
    assert "There is nothing to bring over" in text(browser("deputy").get(OVER))
    for who in ("director", "worker", "outsider", "administrator"):
        assert browser(who).get(OVER).status_code == 404, who
