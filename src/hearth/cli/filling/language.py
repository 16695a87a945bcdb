"""Sentences as housing people write them, from a small grammar with common words and a long tail of names."""

import random
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from hearth.cli.filling.common_words import WORDS
from hearth.cli.filling.sentences import SENTENCES
from hearth.cli.filling.vocabulary import FIRMS, FIRST_NAMES, STREETS, SURNAMES

SLOT = re.compile(r"\{([a-z]+)\}")
TAIL = 3  # the larger, the more often the same few names come


def one_of[T](rng: random.Random, choices: Sequence[T]) -> T:
    """Any of them alike. Half the time of `rng.choice`, which is asked for millions of times."""
    return choices[int(rng.random() * len(choices))]


def few_often[T](rng: random.Random, choices: Sequence[T]) -> T:
    """Few of them often and most of them rarely, as words and names are used."""
    return choices[int(rng.random() ** TAIL * len(choices))]


def name(rng: random.Random) -> str:
    """Somebody who does not exist."""
    return f"{one_of(rng, FIRST_NAMES)} {one_of(rng, SURNAMES)}"


def sentence(rng: random.Random, kind: str) -> str:
    """One sentence of a kind: what was noticed, done, wished, decided."""
    return _said(rng, one_of(rng, SENTENCES[kind]))


def text(rng: random.Random, kind: str, least: int, most: int) -> str:
    """Several sentences of a kind, no two the same."""
    kinds = SENTENCES[kind]
    count = min(len(kinds), least + int(rng.random() * (most - least + 1)))
    start, stride = int(rng.random() * len(kinds)), one_of(rng, (1, 3, 7, 9, 11))
    return " ".join([_said(rng, kinds[(start + turn * stride) % len(kinds)]) for turn in range(count)])


def _said(rng: random.Random, pattern: str) -> str:
    template, slots = _parts(pattern)
    if not slots:
        return pattern
    said = template % tuple([SLOTS[slot](rng) for slot in slots])
    return said[0].upper() + said[1:]


@lru_cache(maxsize=2000)
def _parts(pattern: str) -> tuple[str, tuple[str, ...]]:
    return SLOT.sub("%s", pattern.replace("%", "%%")), tuple(SLOT.findall(pattern))


def _from(choices: Sequence[str]) -> Callable[[random.Random], str]:
    return lambda rng: few_often(rng, choices)


SLOTS: dict[str, Callable[[random.Random], str]] = {
    **{slot: _from(words) for slot, words in WORDS.items()},
    "firm": _from(FIRMS),
    "street": _from(STREETS),
    "surname": _from(SURNAMES),
    "first": _from(FIRST_NAMES),
    "number": lambda rng: str(2 + int(rng.random() * 18)),
    "clock": lambda rng: f"{8 + int(rng.random() * 12)}:{one_of(rng, ('00', '10', '15', '30', '45'))}",
}
