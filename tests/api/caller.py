"""Another system that calls the API with somebody's token."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from hearth.access import clock, tokens
from hearth.access.identity import acting_as
from hearth.access.terms import Scope

TELLING = {"danger_now": False, "place": "not_known", "noticed": "He keeps the heating off.", "about_staff": "no"}


@dataclass
class Answer:
    """What the API said."""

    status: int
    body: Any
    headers: dict[str, str]
    raw: bytes

    @property
    def where(self) -> dict[str, str]:
        """Each field that cannot be kept, with its sentence."""
        return {each["where"]: each["sentence"] for each in self.body.get("errors", [])}


@dataclass
class Caller:
    """One system with one token, or with none."""

    secret: str = ""
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost", raise_request_exception=False))

    def call(self, method: str, path: str, sent: Any = None, **headers: str) -> Answer:
        if self.secret:
            headers.setdefault("Authorization", f"Bearer {self.secret}")
        body = sent if isinstance(sent, str | bytes) else json.dumps(sent) if sent is not None else ""
        said = self.client.generic(method, f"/api{path}", body, content_type="application/json", headers=headers)
        told = json.loads(said.content) if said.content else None
        return Answer(said.status_code, told, dict(said.headers), said.content)

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, **headers)

    def post(self, path: str, sent: Any = None, **headers: str) -> Answer:
        return self.call("POST", path, {} if sent is None else sent, **headers)

    def put(self, path: str, sent: Any) -> Answer:
        return self.call("PUT", path, sent)


def token_for(somebody, *scopes: Scope, days: int = 30):
    """A token of somebody's, for these scopes or for all: (the row, what it carries)."""
    now = clock.now()
    with acting_as(somebody):
        return tokens.make_token(
            "A story", scopes or tuple(Scope), ends_at=now + timedelta(days=days), by=somebody, at=now
        )


def caller(somebody, *scopes: Scope) -> Caller:
    """A system that acts for somebody."""
    return Caller(token_for(somebody, *scopes)[1])


def telling(**changes: Any) -> dict[str, Any]:
    """A concern to send, with a key of its own."""
    return {**TELLING, "key": str(uuid.uuid4()), **changes}
