"""What is sent twice with one idempotency key is done once, and answered as it was: also where the record moved on."""

import hashlib
import inspect
import json
import uuid
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Header
from ninja.responses import Status
from pydantic import BaseModel

from hearth.access import clock
from hearth.api.door import Asked
from hearth.api.words import Keyed, Shape
from hearth.drafts.operations import send_once
from hearth.drafts.terms import Answer
from hearth.organisation.terms import ChangedMeanwhile

IdempotencyKey = Annotated[
    uuid.UUID | None,
    Header(None, alias="Idempotency-Key", description="Makes what is sent twice count once. Or send `key`."),
]
KEY, JSON = "idempotency_key", "application/json"
View = Callable[..., object]


class TwoKeys(Exception):
    """The header and the field hold different keys."""


def once(view: View) -> View:
    """The operation, done once for its key. The first answer is kept sealed, for whoever sent it alone."""
    told = inspect.signature(view)
    takes_key = KEY in told.parameters

    @wraps(view)
    def answer(request: Asked, **sent: Any) -> object:
        header = sent[KEY] if takes_key else sent.pop(KEY)
        body = next((each for each in sent.values() if isinstance(each, Shape)), None)
        key = the_key(body.key if isinstance(body, Keyed) else None, header)
        return view(request, **sent) if key is None else _once(request, key, body, lambda: view(request, **sent))

    if not takes_key:
        more = inspect.Parameter(KEY, inspect.Parameter.KEYWORD_ONLY, annotation=IdempotencyKey)
        told = told.replace(parameters=[*told.parameters.values(), more])
    answer.__dict__["__signature__"] = told  # the library reads the parameters there
    return answer


def the_key(field: uuid.UUID | None, header: uuid.UUID | None) -> uuid.UUID | None:
    """The key, sent as a field or as a header. Raises TwoKeys."""
    if field and header and field != header:
        raise TwoKeys
    return field or header


def _once(request: Asked, key: uuid.UUID, body: Shape | None, do: Callable[[], object]) -> object:
    done: list[object] = []

    def first() -> Answer:
        done.append(do())
        return _kept(done[0])

    said = body.model_dump_json(exclude={"key"}) if body else ""
    sent = {"path": [request.path], "sent": [hashlib.sha256(said.encode()).hexdigest()]}
    try:
        kept = send_once("api", key, sent, first, by=request.viewer, at=clock.now())
    except ChangedMeanwhile:
        return do()  # raises it again, outside: that the other's words were read is kept, and the key is free
    return done[0] if done else _again(kept)


def _kept(answer: object) -> Answer:
    """The answer as it can be given again."""
    if isinstance(answer, HttpResponse):
        said = {"status": answer.status_code, "type": answer.headers["Content-Type"], "body": answer.content.decode()}
    elif isinstance(answer, Status):
        said = {"status": answer.status_code, "type": JSON, "body": _json(answer.value)}
    else:
        said = {"status": 200, "type": JSON, "body": _json(answer)}
    return {"answer": json.dumps(said)}


def _json(value: object) -> str:
    return value.model_dump_json() if isinstance(value, BaseModel) else ""


def _again(kept: Mapping[str, str]) -> HttpResponse:
    said = json.loads(kept["answer"])
    return HttpResponse(said["body"], status=said["status"], content_type=said["type"])
