"""A small pack laid over another: limits, posts and words that were changed, as the TOML of one file. Plain Python.

The file below is never rewritten. Writing what was read gives the same bytes again.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import tomli_w

from hearth.policy.durations import Duration
from hearth.policy.packs.chains import PACK_NAME, Chain, PackFiles
from hearth.policy.packs.lawful import is_longer
from hearth.policy.packs.loading import read
from hearth.policy.packs.overlay_tables import limit_table, post_table, sign_table, word_table
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Band, Clause, Rung
from hearth.policy.terms import AppliesTo, Force

type Tables = dict[str, list[dict[str, object]]]

SUFFIX = "-changes"
FILE = "pack.toml"
SECTIONS = {
    "override": ("rule",),
    "post": ("id",),
    "word": ("list", "code"),
    "sign": ("code",),
    "dropped": ("section", "key"),
}


class NotThisChange(Exception):
    """The policy cannot be changed like that. The message says why, and which answer it is about."""

    def __init__(self, said: str, *, field: str = "") -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class Overlay:
    """The changes so far, and the files they are laid over."""

    base: Chain
    tables: Tables
    version: str

    @property
    def pack(self) -> Pack:
        """The policy below, as its files say it."""
        return _read(self.base)

    @property
    def name(self) -> str:
        return f"{self.base.packs[-1].name[: 61 - len(SUFFIX)]}{SUFFIX}"

    @property
    def body(self) -> bytes:
        """The file: always the same bytes for the same changes."""
        below = self.pack
        about = {
            "title": below.title, "version": self.version, "policy": below.policy,
            "inherits": self.base.packs[-1].name,
        }  # fmt: skip
        said = {name: self.tables[name] for name in SECTIONS if self.tables.get(name)}
        return written({"pack": {**about, **({"partial": True} if below.partial else {})}, **said})

    @property
    def chain(self) -> Chain:
        """The whole policy with the changes laid over it."""
        return Chain((*self.base.packs, PackFiles(self.name, ((FILE, self.body),))))

    @property
    def is_empty(self) -> bool:
        return not any(self.tables.values())

    def with_change(self, section: str, table: Mapping[str, object]) -> "Overlay":
        """The overlay with one thing changed; a change of the same thing takes its place."""
        kept = [each for each in self.tables.get(section, []) if key_of(section, each) != key_of(section, table)]
        return Overlay(self.base, {**self.tables, section: [*kept, dict(table)]}, self.version)

    def without(self, section: str, key: str) -> "Overlay":
        """The overlay with one change taken out."""
        kept = [each for each in self.tables.get(section, []) if key_of(section, each) != key]
        tables = {name: rows for name, rows in {**self.tables, section: kept}.items() if rows}
        return Overlay(self.base, tables, self.version)


@lru_cache(maxsize=16)
def _read(chain: Chain) -> Pack:
    """The same files are asked for again and again while somebody changes the policy over them."""
    return read(chain)


def key_of(section: str, table: Mapping[str, object]) -> str:
    """What a change is of, in one word for an address."""
    return " ".join(str(table[part]) for part in SECTIONS[section])


def written(data: Mapping[str, object]) -> bytes:
    return tomli_w.dumps(data, multiline_strings=False).encode()


def overlay_of(chain: Chain) -> Overlay:
    """The changes of a pack that is an overlay, for further ones; none for the files of a policy."""
    top = chain.packs[-1]
    if not is_overlay(chain):
        return Overlay(chain, {}, next_version(_read(chain).version))
    said = tomllib.loads(dict(top.files)[FILE].decode())
    tables: Tables = {name: said[name] for name in SECTIONS if name in said}
    return Overlay(Chain(chain.packs[:-1]), tables, next_version(said["pack"]["version"]))


def is_overlay(chain: Chain) -> bool:
    return len(chain.packs) > 1 and chain.packs[-1].name.endswith(SUFFIX)


def opened(base: Chain, body: bytes) -> Overlay:
    """The overlay a draft holds."""
    said = tomllib.loads(body.decode())
    return Overlay(base, {name: said[name] for name in SECTIONS if name in said}, said["pack"]["version"])


def next_version(version: str) -> str:
    """ "5" becomes "5+1", and "5+1" becomes "5+2"."""
    whole, _, number = version.rpartition("+")
    return f"{whole}+{int(number) + 1}" if whole and number.isdecimal() else f"{version}+1"


def change_limit(
    overlay: Overlay, rule: str, *, clause: str, limits: list[Duration], warn: list[Rung], applies_to: AppliesTo
) -> Overlay:
    """Another limit, or other warnings, of one promise. What the law sets is never made longer."""
    pack = overlay.pack
    own = pack.rules[rule]
    cited = _clause(pack, clause)
    bands = tuple(
        band if limit == band.limit else Band(limit, band.when) for limit, band in zip(limits, own.bands, strict=True)
    )
    is_same = bands == own.bands
    if not is_same and cited.standing == "ours":
        raise NotThisChange(
            f"{cited.id} is Hearth's proposal. Choose the clause of your policy that says so.", field="clause"
        )
    for number, (limit, lawful) in enumerate(zip(limits, _lawful(overlay.base, rule, own.bands), strict=True)):
        if lawful and is_longer(limit, lawful):
            raise NotThisChange(
                f"The law sets {lawful} for this. A policy may be quicker, never slower.", field=f"limit_{number}"
            )
    force = own.force if is_same else Force.POLICY
    table = limit_table(rule, clause=clause, force=force, bands=bands, warn=warn, applies_to=applies_to)
    if own.also and not is_same:
        table["also"] = []  # another limit is not what the other policy's clause asks
    return overlay.with_change("override", table)


def change_post(overlay: Overlay, post: str, *, title: str, cover: str, clause: str) -> Overlay:
    """A post by another title, or covered by another."""
    pack = overlay.pack
    _clause(pack, clause)
    if cover == post:
        raise NotThisChange("A post cannot cover itself", field="cover")
    return overlay.with_change("post", post_table(pack.posts[post], title=title, cover=cover, clause=clause))


def change_word(overlay: Overlay, listed: str, code: str, *, label: str, local: str, clause: str) -> Overlay:
    """A word as it is shown here, and the local word for it."""
    pack = overlay.pack
    _clause(pack, clause)
    word = next(each for each in pack.words[listed].words if each.code == code)
    return overlay.with_change("word", word_table(listed, word, label=label, local=local, clause=clause))


def change_sign(overlay: Overlay, code: str, *, label: str, lines: list[str], clause: str) -> Overlay:
    """How a sign is called, and the lines shown when it is ticked. The alarms it rings stay with the files."""
    pack = overlay.pack
    _clause(pack, clause)
    return overlay.with_change("sign", sign_table(pack.signs[code], label=label, lines=lines, clause=clause))


def drop(overlay: Overlay, section: str, key: str, *, clause: str, why: str) -> Overlay:
    """Something the policy below has, taken out with a reason. A change of the same thing goes with it."""
    _clause(overlay.pack, clause)
    rest = overlay.without("override" if section == "rule" else section, key)
    return rest.with_change("dropped", {"section": section, "key": key, "clause": clause, "why": why})


def _clause(pack: Pack, clause: str) -> Clause:
    if clause not in pack.clauses:
        raise NotThisChange("Choose the clause that says so", field="clause")
    return pack.clauses[clause]


def _lawful(base: Chain, rule: str, bands: tuple[Band, ...]) -> list[Duration | None]:
    """The limit the law sets in each band: of the last pack below in which the promise is statutory."""
    for depth in range(len(base.packs), 0, -1):
        found = _read(Chain(base.packs[:depth])).rules.get(rule)
        if found is not None and found.force is Force.STATUTORY:
            lawful = {band.when: band.limit for band in found.bands}
            return [lawful.get(band.when, lawful.get(None)) for band in bands]
    return [None for _ in bands]


assert PACK_NAME.fullmatch(f"a{SUFFIX}")  # noqa: S101  an overlay that no pack may be called could not be read
