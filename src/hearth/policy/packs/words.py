"""Word lists: local words on our codes, what each was called before, and its codes in national collections."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hearth.policy.packs.shapes import Place


@dataclass(frozen=True, slots=True)
class Word:
    """A local word mapped onto our code and the national ones; old words lead to it too."""

    code: str
    label: str
    local: str
    legacy: tuple[str, ...]
    national: Mapping[str, str]
    means: str = ""
    clause: str = ""

    def all_names(self) -> frozenset[str]:
        """Everything it is or was called, in small letters."""
        return frozenset(each.lower() for each in (self.local, self.label, *self.legacy))


@lru_cache
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    """Any of the names, as whole words."""
    told = "|".join(re.escape(name.replace("’", "'")) for name in sorted(names) if name)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)")


@dataclass(frozen=True, slots=True)
class WordList:
    name: str
    words: tuple[Word, ...]
    place: Place

    def label_of(self, code: str) -> str:
        return next((word.label for word in self.words if code in (word.code, word.local)), code)

    def canonical(self, written: str) -> str | None:
        """Our code for a local code, a label or a word used before. Several local words may lead to one code."""
        word = self.word_of(written)
        return (word.means or word.code) if word else None

    def word_of(self, written: str) -> Word | None:
        """The word somebody means by its code, its label, a local word or one used before."""
        plain = written.strip().lower()
        exact = (word for word in self.words if plain == word.code.lower())
        return next(exact, None) or next((word for word in self.words if plain in word.all_names()), None)

    def spoken_in(self, text: str) -> frozenset[str]:
        """The codes of what a text speaks of: a name of theirs stands in it as whole words, in letters of any size."""
        plain = " ".join(text.lower().replace("’", "'").split())
        return frozenset(word.means or word.code for word in self.words if _any_of(word.all_names()).search(plain))

    def nationals_of(self, code: str) -> Mapping[str, str]:
        """The codes of every national collection for one of ours; a local word has those of what it means too."""
        word = next((word for word in self.words if word.code == code), None)
        if word is None:
            return {}
        return {**(self.nationals_of(word.means) if word.means else {}), **word.national}

    def national_of(self, code: str, scheme: str) -> str:
        """The code of one national collection for one of ours."""
        return self.nationals_of(code).get(scheme, "")
