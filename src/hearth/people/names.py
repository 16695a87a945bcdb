"""Names compared as people say and spell them. Plain Python: PostgreSQL only stores what is computed here."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import jellyfish

LONGEST = 200
NOT_DECOMPOSED = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
})  # fmt: skip
APOSTROPHES = re.compile("['’‘ʼʻ`´]")
POSSESSIVE = re.compile("['’‘ʼʻ`´][sS]\\b")
NOT_A_WORD = re.compile(r"[\W_]+")
WORD = re.compile(r"[^\W_]+")
HYPHENS = frozenset("-‐‑")
LETTERS = re.compile(r"[a-z]+")

# How names from these islands, Poland and elsewhere are said, where English rules would read them wrongly.
SAID_LIKE = (
    (re.compile("^si(?=[aeou])"), "sh"),
    (re.compile("^sea"), "sha"),
    (re.compile("^cao(?=i)"), "kee"),
    (re.compile("aoi"), "ee"),
    (re.compile("ao"), "ee"),
    (re.compile("rs(?=e)"), "rsh"),
    (re.compile("[bm]h"), "v"),
    (re.compile("(?<=[aeiou])[dg]h"), ""),
    (re.compile("sz"), "s"),
    (re.compile("cz"), "ch"),
    (re.compile("^ll"), "l"),
    (re.compile("dd(?=[aeiouy]|$)"), "th"),
    (re.compile("w"), "v"),
)
TWICE = re.compile(r"(.)\1+")
FIRST_VOWEL = re.compile("^[aeiou]")

GOOD_ENOUGH = 0.78
UNLIKE = 0.75
SOUNDS_THE_SAME = 0.93
BEGINS_THE_SAME = 0.95


def as_typed(name: str) -> str:
    """The name as somebody typed it, in one Unicode form and without stray spaces at its ends."""
    return unicodedata.normalize("NFC", name).strip()


def plain(name: str) -> str:
    """The name without accents, capitals and punctuation: Siobhán O’Brien becomes `siobhan obrien`."""
    return NOT_A_WORD.sub(" ", _unmarked(name)).strip()


def _unmarked(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(NOT_DECOMPOSED))
    return APOSTROPHES.sub("", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def standing_in(said: str, names: Iterable[tuple[int, str]]) -> frozenset[int]:
    """The keys of those names that stand whole in what somebody said, however their letters and marks are written.

    A name does not stand in a longer word, and not in a longer name with a hyphen: Anne Smith is not Anne Smith-Jones.
    """
    texts = [_joined(said), _joined(POSSESSIVE.sub(" ", said))]  # O’Brien, and Anne Smith’s van
    heard = {word for text in texts for word, _ in text}
    asked = ((key, [word for word, _ in _joined(name)]) for key, name in names)
    return frozenset(
        key for key, name in asked if name and heard.issuperset(name) and any(_stands_in(name, text) for text in texts)
    )


def _stands_in(name: list[str], text: Sequence[tuple[str, bool]]) -> bool:
    for start in range(len(text) - len(name) + 1):
        end = start + len(name)
        is_whole = not text[start][1] and not (end < len(text) and text[end][1])
        if is_whole and [word for word, _ in text[start:end]] == name:
            return True
    return False


def _joined(text: str) -> list[tuple[str, bool]]:
    """The plain words of a text, each with whether a hyphen joins it to the one before."""
    found: list[tuple[str, bool]] = []
    end = 0
    for word in WORD.finditer(_unmarked(text)):
        found.append((word[0], word.string[end : word.start()] in HYPHENS and bool(found)))
        end = word.end()
    return found


def words(name: str) -> list[str]:
    """The words of a name, each once, in the order they stand."""
    return list(dict.fromkeys(plain(name).split()))


@lru_cache(maxsize=20_000)
def sounds(word: str) -> frozenset[str]:
    """How a word of a name may be said, as short keys. Words in another script have none."""
    if not LETTERS.fullmatch(word):
        return frozenset()
    said = word
    for pattern, like in SAID_LIKE:
        said = pattern.sub(like, said)
    return frozenset(key for spelled in (word, said) if (key := _key(spelled)))


def all_sounds(name: str) -> list[str]:
    """Every key of every word of a name."""
    return sorted({key for word in words(name) for key in sounds(word)})


def likeness(asked: str, name: str) -> float:
    """How well a name answers what was asked, 0 to 1. Every word asked for counts the same."""
    wanted, found = words(asked), words(name)
    if not wanted or not found:
        return 0.0
    return sum(max(_word_likeness(want, word) for word in found) for want in wanted) / len(wanted)


def _word_likeness(want: str, word: str) -> float:
    if want == word:
        return 1.0
    close = jellyfish.jaro_winkler_similarity(want, word)
    if word.startswith(want):
        close = max(close, BEGINS_THE_SAME)
    if sounds(want) & sounds(word):
        close = max(close, SOUNDS_THE_SAME)
    return close if close >= UNLIKE else 0.0


def _key(spelled: str) -> str:
    key = jellyfish.metaphone(spelled).lower().replace(" ", "").replace("0", "th")
    return FIRST_VOWEL.sub("a", TWICE.sub(r"\1", key))
