"""A post the policy calls otherwise from a day on is called so in the house too, unless somebody here renamed it."""

from datetime import datetime

from django.db import transaction

from hearth.organisation.operations import rename_post
from hearth.policy.models import Adoption
from hearth.policy.operations import posts_are_named
from hearth.policy.packs import Pack
from hearth.policy.queries import pack_before, pack_of, with_own_policy
from hearth.timescales.operations import happened


@transaction.atomic
def rename_posts(*, at: datetime) -> int:
    """Take over the titles of every policy that came into force since the last time. For the jobs process."""
    fresh = Adoption.objects.filter(in_force_from__lte=at, posts_named_at=None).order_by("in_force_from")
    renamed = 0
    for adoption in fresh.select_for_update(skip_locked=True):
        before = pack_before(adoption.in_force_from, adoption.entity_id)
        renamed += _rename(before, adoption, at=at) if before else 0
        posts_are_named(adoption, at=at)
    return renamed


def _rename(before: Pack, adoption: Adoption, *, at: datetime) -> int:
    now, of, but = pack_of(adoption.digest), adoption.entity_id, with_own_policy(at)
    renamed = 0
    for key, post in now.posts.items():
        was = before.posts[key].title if key in before.posts else post.title
        if was != post.title and (changed := rename_post(key, was=was, title=post.title, entity=of, but=but)):
            happened("post.changed", about=changed, by=None, at=at, facts={"digest": now.digest})
            renamed += 1
    return renamed
