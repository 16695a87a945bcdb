"""A new pack to begin with: a folder that checks, with every table shown once and explained, or a clone of another."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hearth.policy.packs.chains import PACK_NAME, inherited

PACK = """\
# {title}. What is written here overrides what it inherits from {inherits}; everything else is inherited.

[pack]
title = {title_quoted}
version = "1"
policy = {title_quoted}
inherits = "{inherits}"

[on_call]
ladder = ["on_call_lead", "safeguarding_lead"]
acknowledge_within = "30 minutes"
opens = "09:00"
closes = "17:00"
clause = "H.on-call"

[hears]
about_our_people = "safeguarding_lead"
about_the_lead = "director"
still_worried = "safeguarding_lead"

# One table for each post, by the title your people use. `parts` says what its holder does in Hearth.

[[post]]
id = "safeguarding_lead"
title = "Safeguarding Lead"
parts = ["lead"]
cover = "deputy_lead"
required = true
about_holder = "director"

[[post]]
id = "deputy_lead"
title = "Deputy Safeguarding Lead"
parts = ["deputy", "case_manager"]
cover = "safeguarding_lead"
required = true
about_holder = "safeguarding_lead"

[[post]]
id = "director"
title = "Director"
parts = ["allegation_deputy"]
required = true

[[post]]
id = "on_call_lead"
title = "On-call lead"
parts = ["on_call"]
required = true

[[post]]
id = "triage_officer"
title = "Triage Officer"
parts = ["triage", "intake", "register_reader"]
required = true

[[post]]
id = "housing_officer"
title = "Housing Officer"
parts = ["case_worker", "register_reader"]

[[post]]
id = "repairs_desk"
title = "Repairs desk"
parts = ["repairs_desk"]

[[post]]
id = "surveyor"
title = "Surveyor"
parts = ["repairs_competent", "repairs_desk"]

[[post]]
id = "champion"
title = "Board champion"
parts = ["champion"]

[[post]]
id = "auditor"
title = "Auditor"
parts = ["auditor"]

[[post]]
id = "administrator"
title = "Administrator"
parts = ["administrator", "register_keeper"]
"""
CLAUSES = """\
# Every clause of your policy: its number, what it asks in one sentence of your own, and what keeps it. Write one table
# for each thing a clause asks; letters tell them apart (4.1a, 4.1b). `hearth pack coverage` lists those nothing keeps.
#
# kept_by names what keeps a clause where nothing cites it: "act:log_concern", "record:case.opened", "words:abuse_type",
# "planned:workforce". A rule, gate, post, course or report that cites the clause keeps it without being named here.

[[clause]]
id = "1"
text = "Everybody who works here can raise a concern."
source = {title_quoted}
kept_by = ["act:log_concern"]
"""
RULES = """\
# Limits your policy sets. An override changes only what it writes of an inherited promise, and cites the clause:
#
#   [[override]]
#   rule = "concern.triage"
#   clause = "4.1"
#   force = "policy"
#   limit = "4 hours"
#
# Say "working days" or "calendar days"; a limit your policy does not give stays Hearth's proposal and is shown as such.
"""
EXAMPLES = """\
# Dates your pack must give: what somebody who knows the policy would count out by hand. Times are local.

[[date]]
what = "A concern on a Monday morning"
rule = "concern.triage"
start = "2026-11-23 10:00"
facts = { about_our_people = "no", danger_now = "no" }
due = "2026-11-24"
"""
FILES = {"pack.toml": PACK, "clauses.toml": CLAUSES, "rules.toml": RULES, "examples.toml": EXAMPLES}
NOTHING: Mapping[str, str] = MappingProxyType({})


class NotHere(Exception):
    """The pack cannot be begun there. The message says why and is shown."""


def begin(folder: Path, *, title: str, inherits: str) -> list[Path]:
    """Write a new pack into a folder that is not there yet. It has the nation of the pack it inherits."""
    _free(folder)
    if not (inherited(inherits, folder.parent) / "pack.toml").is_file():
        raise NotHere(f"There is no pack “{inherits}” to inherit, neither beside {folder.name} nor with Hearth")
    quoted = f'"{_quoted(title)}"'
    values = {"title": " ".join(title.split()), "title_quoted": quoted, "inherits": inherits}
    folder.mkdir(parents=True)
    return [_write(folder / name, _filled(text, values)) for name, text in FILES.items()]


def clone(
    folder: Path, *, like: Path, title: str, posts: Mapping[str, str], names: Mapping[str, str] = NOTHING
) -> list[Path]:
    """Write a pack like another under a new title, with posts renamed by their ids. The clauses stay as they are.

    The old title becomes the new one wherever it stands, and so does every other name in `names`.
    """
    _free(folder)
    if not (like / "pack.toml").is_file():
        raise NotHere(f"There is no pack “{like.name}” to begin from")
    there = "\n".join(path.read_text() for path in like.glob("*.toml"))
    if unknown := [post for post in posts if _posts_renamed(there, {post: f"{post} renamed"}) == there]:
        raise NotHere(f"{like.name} writes no post “{unknown[0]}”")
    if unknown := [name for name in names if not name or _quoted(name) not in there]:
        raise NotHere(f"“{unknown[0]}” stands nowhere in {like.name}")
    renamed = {_title_of(like): title, **names}
    folder.mkdir(parents=True)
    written = []
    for path in sorted(like.glob("*.toml")):
        text = _names_changed(path.read_text(), renamed)
        if path.name == "pack.toml":
            text = _titled(text, title)
        written.append(_write(folder / path.name, _posts_renamed(text, posts)))
    return written


def still_named(folder: Path, like: Path) -> list[str]:
    """Where a clone still has the first word of the old title, such as the name of a company or a place."""
    name = _title_of(like).split()[0]
    if re.search(rf"\b{re.escape(name)}\b", _title_of(folder)):
        return []
    return [
        f"{folder.name}/{path.name}:{number}: {line.strip()}"
        for path in sorted(folder.glob("*.toml"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(rf"\b{re.escape(name)}\b", line)
    ]


def _free(folder: Path) -> None:
    if not PACK_NAME.fullmatch(folder.name):
        raise NotHere(f"“{folder.name}” cannot be a pack's name: small letters, digits and hyphens")
    if folder.exists():
        raise NotHere(f"{folder.name} is there already")


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def _quoted(words: str) -> str:
    """Words as they stand inside the quotation marks of a TOML string, and in one line."""
    return " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')


def _title_of(folder: Path) -> str:
    return str(tomllib.loads((folder / "pack.toml").read_text())["pack"]["title"])


def _titled(text: str, title: str) -> str:
    return re.sub(r'^title = ".*"$', lambda _: f'title = "{_quoted(title)}"', text, count=1, flags=re.MULTILINE)


def _names_changed(text: str, names: Mapping[str, str]) -> str:
    """Each name as the new one, the longest first, and never one inside another word or one that was just written."""
    old = sorted((_quoted(name) for name in names), key=len, reverse=True)
    new = {_quoted(name): _quoted(words) for name, words in names.items()}
    return re.sub("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in old), lambda found: new[found[0]], text)


def _posts_renamed(text: str, posts: Mapping[str, str]) -> str:
    for name, title in posts.items():
        escaped = _quoted(title).replace("\\", "\\\\")
        text = re.sub(rf'(\[\[post\]\]\nid = "{re.escape(name)}"\ntitle = )".*"', rf'\g<1>"{escaped}"', text)
    return text


def _write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path
