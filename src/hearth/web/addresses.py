"""The addresses of pages, worked out once: a list asks for the same page of each of its rows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, reverse

ANY = UUID(int=0)


def address(page: str, args: Sequence[object] = (), kwargs: Mapping[str, object] | None = None) -> str:
    """The address of a page, as Django's `reverse` tells it."""
    if args:
        return reverse(page, args=args)
    if not kwargs:
        return _of(settings.ROOT_URLCONF, get_script_prefix(), page)
    if len(kwargs) == 1:
        ((name, value),) = kwargs.items()
        if isinstance(value, UUID):
            before, after = _around(settings.ROOT_URLCONF, get_script_prefix(), page, name)
            return f"{before}{value}{after}"
    return reverse(page, kwargs=dict(kwargs))


@lru_cache(maxsize=512)
def _of(urls: str, prefix: str, page: str) -> str:
    return reverse(page)


@lru_cache(maxsize=512)
def _around(urls: str, prefix: str, page: str, name: str) -> tuple[str, str]:
    """What stands before and after the id of a record."""
    before, _, after = reverse(page, kwargs={name: ANY}).partition(str(ANY))
    return before, after
