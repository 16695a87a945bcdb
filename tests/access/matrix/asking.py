"""Asking for a page as somebody, and what may differ between two answers that must be the same."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from access.matrix.people import AT_THE_DOOR, BY_LINK, NOBODY, PASSWORD_ONLY, Column
from access.matrix.routes import EXAMPLES, Row
from access.matrix.world import Record, World
from hearth.access.rules import BROAD, may
from hearth.web.gates import Door

ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OPEN, NOT_HERE, NOT_TAKEN, SIGN_IN, SECOND_FACTOR = "open", "not here", "not taken", "sign in", "second factor"


@dataclass(frozen=True)
class Answer:
    """What came back, and what the database was asked for it."""

    status: int
    headers: Mapping[str, str]
    body: str
    asked: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The answer in the words of the matrix."""
        to = self.headers.get("Location", "").partition("?")[0]
        if self.status == 302 and to == reverse("second_factor"):
            return SECOND_FACTOR
        if self.status == 302 and to == reverse("account_login"):
            return SIGN_IN
        return {200: OPEN, 204: OPEN, 302: OPEN, 404: NOT_HERE, 405: NOT_TAKEN}.get(self.status, str(self.status))


def routes(patterns: object = None, space: str = "") -> Iterator[tuple[str, str, Callable]]:
    """Every address there is: its name, its pattern and its page."""
    for entry in patterns or get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name or ''}", str(entry.pattern), entry.callback


def path_of(row: Row, world: World, record: uuid.UUID | None = None) -> str:
    """The row's address, of one record where it is of any."""
    wanted = next(pattern for name, pattern, _ in routes() if name == row.name)
    names = re.findall(r"<(?:\w+:)?(\w+)>", wanted)
    examples = {**EXAMPLES, **world.arguments, row.argument: record or uuid.uuid4(), **dict(row.at)}
    if row.within:
        examples["public_id"] = world.records[row.within].public_id
    return reverse(row.name, kwargs={name: examples[name] for name in names})


def ask(
    somebody: Column,
    method: str,
    path: str,
    filled: Mapping[str, object] | None = None,
    *,
    sent: Mapping[str, str] | None = None,
) -> Answer:
    """Ask once. The browser's cookies stay as they were, so that one cell does not sign the next one out."""
    asked: list[str] = []

    def note(execute, sql, values, many, context):
        asked.append(sql)
        return execute(sql, values, many, context)

    cookies = somebody.client.cookies.copy()
    with connection.execute_wrapper(note):
        answer = somebody.client.generic(method, path, **(sent or _sent(filled)))
    somebody.client.cookies = cookies
    return Answer(answer.status_code, dict(answer.headers), answer.content.decode(), tuple(asked))


def _sent(filled: Mapping[str, object] | None) -> dict[str, object]:
    if filled is None:
        return {}
    if any(isinstance(answer, SimpleUploadedFile) for answer in filled.values()):
        return {"data": encode_multipart(BOUNDARY, filled), "content_type": MULTIPART_CONTENT}
    return {"data": urlencode(filled), "content_type": "application/x-www-form-urlencoded"}


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of what happens here stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knows(somebody: Column, record: Record) -> bool:
    """Whether somebody may know that this record is there, by who he is and what the story made of him."""
    if somebody.name in record.shut_to:
        return False
    by_post = record.open_to_posts and not BROAD.isdisjoint(somebody.parts)
    return (
        record.everybody
        or by_post
        or somebody.name in record.parts
        or somebody.name in record.own
        or not somebody.parts.isdisjoint(record.posts)
    )


def expected(world: World, row: Row, method: str, somebody: Column, of: str = "") -> str:
    """What a cell must answer, from WHO_MAY and the world."""
    if at_door := _at_the_door(row, somebody):
        return at_door
    if method not in row.methods:
        return NOT_TAKEN
    acts = row.acts(method, of)
    parts = somebody.parts
    if of:
        record = world.records[of]
        if not knows(somebody, record):
            return NOT_HERE
        held = {record.parts.get(somebody.name), record.own.get(somebody.name)} - {None}
        parts = parts | held | {place for post, place in record.posts.items() if post in parts}
    return OPEN if all(may(parts, act) for act in acts) else NOT_HERE


def _at_the_door(row: Row, somebody: Column) -> str:
    if row.door is Door.ANYONE or somebody.name not in AT_THE_DOOR:
        return ""
    if somebody.name in (NOBODY, BY_LINK):
        return SIGN_IN
    return SECOND_FACTOR if somebody.name == PASSWORD_ONLY and row.door is Door.SECOND_FACTOR else ""


@dataclass(frozen=True)
class Mask:
    """Something that differs between any two answers and tells nothing. `put` covers it in one of them."""

    name: str
    cover: Callable[[Answer, str], Answer]


def _request_id(answer: Answer, asked_for: str) -> Answer:
    return replace(answer, headers={**answer.headers, "X-Request-Id": "masked"})


def _token(answer: Answer, asked_for: str) -> Answer:
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(")', r"\1masked\2", answer.body)
    return replace(answer, body=body)


def _asked_for(answer: Answer, asked_for: str) -> Answer:
    headers = {name: value.replace(asked_for, "asked-for") for name, value in answer.headers.items()}
    return replace(answer, headers=headers, body=answer.body.replace(asked_for, "asked-for"))


MASKS = (Mask("request id", _request_id), Mask("form token", _token), Mask("asked-for id", _asked_for))


def masked(answer: Answer, asked_for: str, masks: tuple[Mask, ...] = MASKS) -> tuple[object, ...]:
    """What of an answer must be the same for hidden and for missing: status, headers, body, how much was asked."""
    for mask in masks:
        answer = mask.cover(answer, asked_for)
    return answer.status, sorted(answer.headers.items()), answer.body, len(answer.asked)
