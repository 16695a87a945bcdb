"""The sentences of pages, looked up once in each language: a page says the same few for every row of a list."""

from functools import lru_cache

from django.utils.translation import get_language, gettext
from markupsafe import Markup


def said(sentence: str, **told: object) -> Markup:
    """A sentence in the reader's language, as markup, with what it tells escaped: `_` of every template.

    Jinja's own does the same, but goes through the whole context of the page for each.
    """
    language = get_language()
    return _in(language, sentence) % told if told else _alone(language, sentence)


@lru_cache(maxsize=4096)
def _in(language: str | None, sentence: str) -> Markup:
    return Markup(gettext(sentence))  # noqa: S704  the words of a template, which are markup already


@lru_cache(maxsize=4096)
def _alone(language: str | None, sentence: str) -> Markup:
    """A sentence that tells nothing is a format too: `%%` is a per cent sign."""
    return _in(language, sentence) % {}
