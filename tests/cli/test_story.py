"""The demonstration's story: homes, a family, and a colleague who sees nothing of his own sister's case."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.queries import viewer
from hearth.cases.models import Case
from hearth.cli.demonstration import estate
from hearth.cli.demonstration.posts import ROLES, clause_to_rest_on, posts_of
from hearth.cli.demonstration.story import tell
from hearth.concerns.models import Concern
from hearth.housing.models import Hazard, Home
from hearth.housing.queries import markers_on
from hearth.organisation.models import Post, User
from hearth.organisation.queries import demonstration_users
from hearth.people.queries import find_people
from hearth.policy.packs import load, read_chain
from hearth.timescales.models import Clock
from hearth.timescales.operations import adopt_policy
from hearth.triage.models import Decision

PACKS = Path(__file__).resolve().parents[2] / "packs"
GUIDE = PACKS.parent / "docs/guides/your-policy-in-a-day/glan-derwen"
OTHERS = (str(GUIDE), "livv-2022", "rbkc-2019", "wirral-s11", "wales", "scotland", "northern-ireland")


def test_the_story_is_told_and_the_relative_sees_nothing_of_his_sister(own_cast, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(estate, "SIGN_IN", "relative_in_triage@ashgrove.example")
    declan = User.objects.get(email=estate.SIGN_IN)
    cast = {part: viewer(user) for part, user in demonstration_users().items()}
    tell(cast, at=now)
    relative, triage, lead, repairs = viewer(declan), cast["triage"], cast["lead"], cast["repairs-desk"]
    with transaction.atomic(), acting_as(lead):
        assert {(case.home.line_1, case.restricted) for case in Case.objects.select_related("home")} == {
            ("Flat 4, Juniper Court", False), ("9 Rowan Walk", True),
        }  # fmt: skip
    for somebody in (relative, triage):
        with transaction.atomic(), acting_as(somebody):
            assert [case.home.line_1 for case in Case.objects.all()] == ["Flat 4, Juniper Court"]
            assert not Concern.objects.filter(home__line_1="9 Rowan Walk").exists()
    with transaction.atomic(), acting_as(relative):
        assert [one.name for one in find_people(relative, "Nora Heath")] == ["Nora Heath"], "the register is not secret"
    with transaction.atomic(), acting_as(repairs):
        home = Home.objects.get(line_1="Flat 4, Juniper Court")
        assert Hazard.objects.filter(home=home, closed_at=None).count() == 1
        assert len(markers_on(repairs, home=home, on=now.date())) == 1


@pytest.mark.parametrize("name", OTHERS)
def test_the_story_can_be_told_under_every_policy(name: str, cast, monkeypatch):
    """Each decision rests on a clause of that policy, and its own gates and limits let the story through."""
    now, chain = clock.now(), read_chain(PACKS / name)
    monkeypatch.setattr(estate, "SIGN_IN", "relative_in_triage@ashgrove.example")
    with acting_as(cast.lead):
        adopted = adopt_policy(chain, by=cast.lead, at=now - timedelta(days=40))
    told = {part: viewer(user) for part, user in demonstration_users().items()}
    with acting_as(cast.administrator):  # whoever triages here holds the post to which the policy gives that
        Post.objects.filter(key="triage").update(key=posts_of(adopted)["triage"].key)
    tell(told, at=now, clause=clause_to_rest_on(adopted))
    with acting_as(cast.lead):
        assert Case.objects.count() == 2
        decided = Decision.objects.values_list("clause", flat=True)
        assert {adopted.clauses[clause].place.pack for clause in decided} == {adopted.name}
        promised = {(row.rule, row.clause) for row in Clock.objects.all()}
    assert promised
    assert {clause for _, clause in promised} <= set(adopted.clauses)
    assert {adopted.rules[rule].clause for rule, _ in promised} == {clause for _, clause in promised}


def test_the_story_is_told_where_several_decide_together_along_levels(cast, monkeypatch, tmp_path):
    """A pack that checks can be shown: the demonstration names the others of a panel and a level."""
    now, folder = clock.now(), shutil.copytree(GUIDE, tmp_path / "panel")
    head = folder / "pack.toml"
    panel = 'decided_by = "panel"\ntogether = 3\nlevels = "level"'
    level = '\n[[word]]\nlist = "level"\ncode = "high"\nlabel = "High"\nclause = "C2a"\n'
    head.write_text(head.read_text().replace('decided_by = "team"', panel) + level)
    monkeypatch.setattr(estate, "SIGN_IN", "relative_in_triage@ashgrove.example")
    with acting_as(cast.lead):
        adopted = adopt_policy(read_chain(folder), by=cast.lead, at=now - timedelta(days=40))
    told = {part: viewer(user) for part, user in demonstration_users().items()}
    with acting_as(cast.administrator):
        Post.objects.filter(key="triage").update(key=posts_of(adopted)["triage"].key)
    tell(told, at=now, clause=clause_to_rest_on(adopted))
    with acting_as(cast.lead):
        assert {(len(each.with_whom), each.level) for each in Decision.objects.all()} == {(2, "high")}


@pytest.mark.parametrize("name", [*OTHERS, "manchester-2025"])
def test_the_invented_people_hold_the_posts_of_the_policy(name: str):
    """The titles are the policy's own wherever it names a post with that work."""
    pack = load(PACKS / name)
    places = posts_of(pack)
    named = {post.id: post.title for post in pack.posts.values()}
    for role in ("triage", "case-worker", "lead", "deputy", "director"):
        if any(ROLES[role][1][0] in post.parts for post in pack.posts.values()):
            assert places[role].title == named[places[role].key]
        else:
            assert places[role].title == ROLES[role][0]
    assert "lead" in places["lead"].parts
    assert set(places["housing-officer"].parts) == {"register_reader"}
