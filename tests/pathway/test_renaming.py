"""A post the policy calls otherwise is called so in the house, once, unless somebody here named it themselves."""

from datetime import timedelta

import pytest
from django.db import transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import Part
from hearth.ledger.models import Entry
from hearth.organisation.models import Post
from hearth.pathway.administering.posts import add_post, change_post
from hearth.policy.packs.overlays import change_post as change_in_policy
from hearth.policy.packs.overlays import overlay_of
from hearth.policy.queries import adoptions, chain_of, pack_in_force
from hearth.timescales.operations import adopt_policy
from rounds import make_round

POST = "head_asb_safeguarding"


@pytest.fixture
def post(own_cast):
    """A post of the house by the policy's own key and title."""
    administrator = own_cast.administrator
    with acting_as(administrator), transaction.atomic():
        title = pack_in_force(now()).posts[POST].title
        return add_post(title, {Part.CHAMPION}, team=None, by=administrator, at=now(), key=POST)


def renamed_in_the_policy(cast, title, *, ahead=timedelta()):
    with acting_as(cast.lead), transaction.atomic():
        overlay = overlay_of(chain_of(adoptions()[0].digest))
        changed = change_in_policy(overlay, POST, title=title, cover="", clause="4.1.6a")
        adopt_policy(changed.chain, by=cast.lead, at=now() + ahead)


def round_made(database, *, later=timedelta()):
    at = f"__import__('datetime').datetime.fromisoformat({(now() + later).isoformat()!r})"
    return make_round(database, "bring_policies_into_force", at=at)


def title_of(post):
    with transaction.atomic():
        return Post.objects.get(pk=post.pk).title


def test_a_renamed_post_has_its_new_title_from_the_day_the_policy_is_in_force(own_cast, own_database, post):
    renamed_in_the_policy(own_cast, "Chief of safety", ahead=timedelta(days=2))
    assert round_made(own_database) == "0"
    assert title_of(post) == post.title
    assert round_made(own_database, later=timedelta(days=3)) == "1"
    assert title_of(post) == "Chief of safety"
    with as_the_house(), transaction.atomic():
        said = Entry.objects.filter(act="post.changed").latest("id")
        assert (said.by_id, said.facts["digest"]) == (None, adoptions()[0].digest)


def test_a_title_the_house_chose_itself_stays_and_the_policy_takes_it_over_once(own_cast, own_database, post):
    administrator = own_cast.administrator
    with acting_as(administrator), transaction.atomic():
        here = Post.objects.get(pk=post.pk)
        change_post(
            here, version=here.version, title="Our own title", parts=here.parts, team=None, by=administrator, at=now()
        )
    renamed_in_the_policy(own_cast, "Chief of safety")
    assert round_made(own_database) == "0"
    assert title_of(post) == "Our own title"
