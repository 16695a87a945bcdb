"""Where sessions are kept: the cookie holds the key, the table only its SHA-256, so the table alone opens nothing.

Django names the class `SessionStore` and loads it by this module (SESSION_ENGINE).
"""

import base64
import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

# Written out, because every page asks this: Django takes several times as long to write a statement as to send it.
COLUMNS = ["session_key", "session_data", "expire_date"]
FIND = "select session_key, session_data, expire_date from django_session where session_key = %s and expire_date > %s"
KEEP = "update django_session set session_data = %s, expire_date = %s where session_key = %s"


class SessionStore(db.SessionStore):
    """Django's own sessions in the database, under a digest of their key."""

    def exists(self, session_key: str) -> bool:
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        kept = super().create_model_instance(data)
        kept.session_key = digest(kept.session_key)
        return kept

    def save(self, must_create: bool = False) -> None:
        """Save. A session that is there already takes one statement, which needs no transaction around it."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        kept = self.create_model_instance(dict(self.items()))
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [kept.session_data, kept.expire_date, kept.session_key])
            if not cursor.rowcount:
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(digest(key))

    def _get_session_from_db(self) -> Session | None:
        if not self.session_key:
            return None
        with connection.cursor() as cursor:
            cursor.execute(FIND, [digest(self.session_key), timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
        return row and Session.from_db(connection.alias, COLUMNS, row)


def digest(key: str) -> str:
    """SHA-256, written so that it fits Django's forty characters."""
    return base64.b85encode(hashlib.sha256(key.encode()).digest()).decode()
