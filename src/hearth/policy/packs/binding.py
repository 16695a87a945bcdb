"""Which clauses bind somebody: those of the promises he keeps, the posts he holds and what he may do."""

from collections.abc import Collection, Iterator

from hearth.policy.packs.keeping import KeeperKind
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Clause
from hearth.policy.packs.workforce import EVERYBODY

WHOEVER_OWNS_IT = "owns_it"
WORKS_ON_CASES = "case_worker"


def clauses_for(
    pack: Pack, *, parts: Collection[str], posts: Collection[str], acts: Collection[str]
) -> tuple[Clause, ...]:
    """What binds whoever plays these parts, holds these posts and may do these acts, in the policy's order."""
    bound = {*_by_part(pack, parts), *_by_post(pack, posts), *_by_act(pack, acts)}
    return tuple(clause for clause in pack.clauses.values() if clause.id in bound)


def _by_part(pack: Pack, parts: Collection[str]) -> Iterator[str]:
    mine = {*parts, WHOEVER_OWNS_IT} if WORKS_ON_CASES in parts else set(parts)
    bound = (rule for rule in pack.rules.values() if not mine.isdisjoint((rule.owner, *rule.tell)))
    yield from (clause for rule in bound for clause in rule.cited)


def _by_post(pack: Pack, posts: Collection[str]) -> Iterator[str]:
    mine = {*posts, EVERYBODY}
    yield from (post.clause for post in pack.posts.values() if post.id in posts)
    yield from (course.clause for course in pack.training.values() if not mine.isdisjoint(course.audience))
    yield from (checked.clause for checked in pack.vetting.values() if not mine.isdisjoint(checked.audience))


def _by_act(pack: Pack, acts: Collection[str]) -> Iterator[str]:
    for clause in pack.clauses.values():
        if any(keeper.kind is KeeperKind.ACT and keeper.name in acts for keeper in clause.kept_by):
            yield clause.id
