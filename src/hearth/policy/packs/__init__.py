"""Packs: a policy as data, read from TOML, checked with exact places. Plain Python."""

from hearth.policy.packs.chains import Chain, PackFiles, read_chain
from hearth.policy.packs.checking import check_declared
from hearth.policy.packs.examples import wrong_dates
from hearth.policy.packs.loading import build, load, read
from hearth.policy.packs.openings import check_whole
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import BadPack, Problem

__all__ = [
    "BadPack",
    "Chain",
    "Pack",
    "PackFiles",
    "Problem",
    "build",
    "check_declared",
    "check_whole",
    "load",
    "read",
    "read_chain",
    "wrong_dates",
]
