"""The files of a pack and of everything it inherits, byte for byte, and the digest over them."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from hearth.policy.packs.reading import BadPack, Problem
from hearth.policy.packs.shapes import Place
from hearth.policy.packs.shelf import IN_A_CLONE, SHIPPED

PACK_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class PackFiles:
    """One pack's files as they are stored: names and bytes."""

    name: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A pack with what it inherits, root first."""

    packs: tuple[PackFiles, ...]

    def rests_on(self) -> list[str]:
        """The titles of what the pack inherits, root first. Asked of a chain that was read without a fault."""
        return [tomllib.loads(dict(each.files)["pack.toml"].decode())["pack"]["title"] for each in self.packs[:-1]]

    @property
    def digest(self) -> str:
        """SHA-256 over every name and every byte, each with its length, so that no two chains look alike."""
        whole = hashlib.sha256()
        for pack in self.packs:
            for name, body in ((pack.name, b""), *pack.files):
                for part in (name.encode(), body):
                    whole.update(len(part).to_bytes(8, "big") + part)
        return whole.hexdigest()


def read_chain(folder: Path) -> Chain:
    """Read a pack's folder and those of the packs it inherits: beside it, or else as they ship with Hearth."""
    packs: list[PackFiles] = []
    seen: list[str] = []
    place = Place(folder.name, "pack.toml", 1)
    name = folder.name
    while name:
        if name in seen or len(seen) == LONGEST_CHAIN:
            raise BadPack([Problem(place, f"“{name}” is inherited in a circle or too deep")])
        seen.append(name)
        files = read_files(inherited(name, folder.parent) if packs else folder, place)
        packs.insert(0, files)
        place, name = parent_of(files)
    return Chain(tuple(packs))


def inherited(name: str, beside: Path) -> Path:
    """The folder of a pack that is built upon: the one beside goes before the one that ships."""
    places = (place / name for place in (beside, SHIPPED, IN_A_CLONE))
    return next((place for place in places if (place / "pack.toml").is_file()), beside / name)


def read_files(folder: Path, asked_from: Place) -> PackFiles:
    """The bytes of every TOML file of one pack, sorted by name."""
    if not (folder / "pack.toml").is_file():
        raise BadPack([Problem(asked_from, f"there is no pack “{folder.name}”: {folder.name}/pack.toml is missing")])
    files = sorted(path for path in folder.glob("*.toml") if path.is_file())
    return PackFiles(folder.name, tuple((path.name, path.read_bytes()) for path in files))


def parent_of(pack: PackFiles) -> tuple[Place, str]:
    """The pack this one inherits, if any, and where it says so."""
    place = Place(pack.name, "pack.toml", 1)
    try:
        table = tomllib.loads(dict(pack.files)["pack.toml"].decode()).get("pack")
    except ValueError:
        return place, ""  # the full reading names the place and what is wrong
    name = table.get("inherits", "") if isinstance(table, dict) else ""
    if name and not (isinstance(name, str) and PACK_NAME.fullmatch(name)):
        raise BadPack([Problem(place, "“inherits” must be the name of a pack: small letters, digits and hyphens")])
    return place, name
