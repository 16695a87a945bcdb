"""Founds the provider of a story: its posts, its people, their rota and the policy. Run as the database's owner."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from hearth.cli.replay.files import Scenario
    from hearth.policy.packs import Chain

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOR_LONG = timedelta(days=365 * 20)


class Told(TypedDict):
    """What a story says of its provider."""

    cast: list[dict[str, object]]
    pack: str
    otherwise: str
    companies: list[dict[str, object]]


def as_told(scenario: "Scenario") -> Told:
    """The same of a story that was read."""
    people, companies = [dict(each) for each in scenario.cast], [dict(each) for each in scenario.companies]
    return Told(cast=people, pack=str(scenario.pack), otherwise=scenario.otherwise, companies=companies)


def found(told: Told) -> None:
    """The provider, its policy, its companies with theirs, and everybody of the cast in post."""
    from hearth.organisation import operations

    operations.found_provider("The provider of the story", is_demonstration=True)
    put_in_force(told, at=LONG_AGO)
    put_in_post(told["cast"])


def put_in_force(told: Told, *, at: datetime) -> None:
    """The policy of the story, and each company of its group with one of its own where it has one."""
    from hearth.organisation import operations
    from hearth.policy.operations import keep_adopted

    keep_adopted(policy_of(Path(told["pack"]), told["otherwise"]), in_force_from=at, at=at, by_id=None)
    for company in told["companies"]:
        entity = operations.add_entity(str(company["name"])).pk
        if "pack" in company:
            own = policy_of(Path(str(company["pack"])), str(company.get("otherwise", "")))
            keep_adopted(own, in_force_from=at, at=at, by_id=None, entity=entity)


def policy_of(pack: Path, otherwise: str) -> "Chain":
    """The pack of the story, with what the story says otherwise in a small pack over it."""
    from hearth.policy.packs import read, read_chain
    from hearth.policy.packs.chains import Chain, PackFiles
    from hearth.policy.packs.overlays import written

    chain = read_chain(pack)
    if not otherwise:
        return chain
    name, below = chain.packs[-1].name, read(chain)
    head = {"title": below.title, "version": below.version, "policy": below.policy, "inherits": name}
    over = (("pack.toml", written({"pack": head})), ("story.toml", otherwise.encode()))
    return Chain((*chain.packs, PackFiles(f"{name}-otherwise", over)))


def put_in_post(cast: list[dict[str, object]]) -> None:
    """Everybody of the cast as somebody who may sign in, with a post of their own where they play a part."""
    from hearth.organisation import operations
    from hearth.organisation.terms import Part, UserKind

    for number, person in enumerate(cast):
        kind = UserKind(str(person.get("kind", UserKind.EMPLOYEE)))
        if kind is UserKind.LINK:
            continue  # whoever keeps links makes it, when the story begins
        name = str(person["name"])
        user = operations.add_user(email=address(name), name=name, kind=kind, is_demonstration=True)
        parts = person.get("parts", [])
        if isinstance(parts, list) and parts:
            post = operations.add_post(f"story-{number}", name, [Part(part) for part in parts])
            operations.appoint(user, post, starts_at=LONG_AGO)
        rung = person.get("on_call")
        if isinstance(rung, int):
            phone = f"01632 9600{rung:02}"  # numbers kept for drama by the regulator
            operations.add_shift(user, rung=rung, phone=phone, starts_at=LONG_AGO, ends_at=LONG_AGO + FOR_LONG)


def address(name: str) -> str:
    """How somebody of the cast signs in."""
    return f"{name.lower().replace(' ', '.').replace("'", '')}@story.example"


if __name__ == "__main__":
    from hearth.cli.migrate import migrate

    migrate()
    found(json.loads(sys.argv[1]))
