"""`hearth found` and `hearth user`: what must be there before anybody can sign in for the first time."""

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, Problem
from hearth.cli.words import command
from hearth.organisation.terms import PARTS_IN_A_RECORD, Part, UserKind

if TYPE_CHECKING:
    from hearth.cli.words import Commands

KINDS = sorted(kind.value for kind in UserKind if kind is not UserKind.LINK)
PARTS = sorted(part.value for part in Part if part not in PARTS_IN_A_RECORD)
FOUND_GUIDE = """
Once for each database, after hearth migrate. The posts that the policy names are made with it.

  hearth found "Ashgrove Homes" --pack packs/manchester-2025
"""
USER_GUIDE = """
For the first people, and wherever a page is not at hand. The password is asked for, or read from standard input where
that is not a terminal. A post is named by its key; --part makes a post with one part where there is none of that key.

  hearth user add kwame@homes.example "Kwame Field" --part administrator
  hearth user add priya@homes.example "Priya Larch" --post case-worker --kind agency
"""


def add(commands: "Commands") -> None:
    """Both commands and what they take."""
    founding = command(commands, "found", "set up the provider of an empty database, with its policy", FOUND_GUIDE)
    founding.add_argument("name", help="the provider's name")
    founding.add_argument("--pack", required=True, help="the folder of its policy, or the name of one that ships")
    founding.set_defaults(run=found)
    group = command(commands, "user", "let somebody sign in", USER_GUIDE)
    adding = command(group.add_subparsers(metavar="WHAT", required=True), "add", "let somebody sign in", USER_GUIDE)
    adding.add_argument("email", help="the address they sign in with")
    adding.add_argument("name", help="their name")
    adding.add_argument("--kind", choices=KINDS, default=UserKind.EMPLOYEE.value, help="how they work with us")
    adding.add_argument("--post", action="append", default=[], metavar="KEY", help="a post they hold from now on")
    adding.add_argument("--part", action="append", default=[], choices=PARTS, metavar="PART", help=", ".join(PARTS))
    adding.set_defaults(run=add_user)


def found(options: argparse.Namespace) -> int:
    """The provider, its policy from now on, and the posts the policy names."""
    pack = places.pack(options.pack)
    _as_owner()
    from django.db import transaction

    from hearth.ledger.operations import record
    from hearth.ledger.terms import Fact
    from hearth.organisation import operations
    from hearth.policy.operations import keep_adopted
    from hearth.policy.packs import BadPack, read_chain

    at = datetime.now(UTC)
    try:
        with transaction.atomic():
            operations.found_provider(options.name)
            adopted = keep_adopted(read_chain(pack), in_force_from=at, at=at, by_id=None)
            for post in adopted.posts.values():
                operations.add_post(post.id, post.title, [Part(part) for part in post.parts])
            facts: dict[str, Fact] = {"pack": adopted.name, "digest": adopted.digest, "starts_on": at.date()}
            record("policy.adopted", about=None, happened_at=at, facts=facts)
    except operations.NotPossible as problem:
        raise Problem(str(problem)) from problem
    except BadPack as problem:
        raise Problem(f"The policy cannot be used: {problem.problems[0]}") from problem
    print(f"{options.name} is founded under {adopted.title}. Posts: {', '.join(sorted(adopted.posts)) or 'none'}.")
    return DONE


def add_user(options: argparse.Namespace) -> int:
    """Somebody with a password and posts, in one transaction."""
    _as_owner()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from hearth.organisation import operations
    from hearth.organisation.queries import posts_called

    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    at = datetime.now(UTC)
    try:
        validate_password(password)
        with transaction.atomic():
            kind = UserKind(options.kind)
            user = operations.add_user(email=options.email, name=options.name, kind=kind, password=password)
            held = posts_called([*options.post, *options.part])
            for key in dict.fromkeys([*options.post, *options.part]):
                if key not in held and key not in options.part:
                    raise Problem(f"There is no post called {key}.")
                post = held.get(key) or operations.add_post(key, key.replace("_", " ").capitalize(), [Part(key)])
                operations.appoint(user, post, starts_at=at)
    except ValidationError as problem:
        raise Problem(" ".join(problem.messages)) from problem
    except operations.NotPossible as problem:
        raise Problem(str(problem)) from problem
    print(f"{options.name} may sign in with {options.email}.")
    return DONE


def _as_owner() -> None:
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "owner"))
    import django

    django.setup()
