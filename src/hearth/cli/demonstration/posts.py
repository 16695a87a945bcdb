"""Which post of the policy each invented person holds. Where the policy names none with that work, one of our own."""

from collections.abc import Mapping
from dataclasses import dataclass

from hearth.policy.packs import Pack

# role -> our own title for it, and the parts it needs, the one it stands for first
ROLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "housing-officer": ("Housing officer", ("register_reader",)),
    "intake": ("Contact centre adviser", ("intake", "register_reader")),
    "triage": ("Triage officer", ("triage", "register_reader")),
    "case-worker": ("Support officer", ("case_worker",)),
    "case-manager": ("Support team manager", ("case_manager", "case_worker")),
    "lead": ("Designated safeguarding lead", ("lead", "on_call")),
    "deputy": ("Deputy safeguarding lead", ("deputy", "on_call")),
    "director": ("Director of housing", ("allegation_deputy",)),
    "repairs-desk": ("Repairs planner", ("repairs_desk",)),
    "surveyor": ("Damp and mould surveyor", ("repairs_competent",)),
    "income": ("Income officer", ("income",)),
    "champion": ("Board champion for safeguarding", ("champion",)),
    "auditor": ("Internal auditor", ("auditor",)),
    "administrator": ("System administrator", ("administrator",)),
    "register-keeper": ("Register keeper", ("register_keeper",)),
}
# Who shows how little one may see: a post that carries more is not theirs.
NO_MORE = frozenset({"housing-officer", "intake"})
ON_CALL = "on_call"


@dataclass(frozen=True)
class Place:
    """A post as it is founded."""

    key: str
    title: str
    parts: tuple[str, ...]


def posts_of(pack: Pack) -> dict[str, Place]:
    """The post of each role, and under "on_call" the one whose holders are rung, where the policy names one."""
    found = {role: _post(role, pack) for role in ROLES}
    rung = pack.on_call.ladder if pack.on_call else ()
    on_call = next((pack.posts[name] for name in rung if ON_CALL in pack.posts[name].parts), None)
    if on_call:
        found[ON_CALL] = Place(on_call.id, on_call.title, tuple(sorted(on_call.parts)))
    return found


def clause_to_rest_on(pack: Pack) -> str:
    """A clause of the policy's own on which a decision of triage can rest."""
    own = [clause.id for clause in pack.own_clauses()]
    triage = (post.clause for post in pack.posts.values() if "triage" in post.parts)
    asked = (pack.rules["concern.triage"].clause, *triage)
    return next((clause for clause in asked if clause in own), own[0])


def _post(role: str, pack: Pack) -> Place:
    title, parts = ROLES[role]
    fitting = [post for post in pack.posts.values() if parts[0] in post.parts]
    if role in NO_MORE:
        fitting = [post for post in fitting if post.parts <= set(parts)]
    if not fitting:
        taken = {post.title for post in pack.posts.values()}
        return Place(role, f"{title}, reports only" if title in taken else title, parts)
    chosen = min(fitting, key=lambda post: len(post.parts))
    return Place(chosen.id, chosen.title, tuple(sorted(chosen.parts)))
