"""What may be kept, for whom and how long. Plain Python."""

import hashlib
import json
import unicodedata
from datetime import datetime

from hearth.access.terms import Part, Viewer
from hearth.drafts.terms import (
    AFTER_LAST_WORD,
    AFTER_SENDING,
    MOST_CHARACTERS,
    MOST_FIELDS,
    NEVER_KEPT,
    Fields,
    NeedsToken,
    TooLong,
)


def holder_of(viewer: Viewer, token: str) -> str:
    """Whose draft it is among everybody who uses one reporting link: the digest of the token in the cookie."""
    if Part.LINK not in viewer.parts:
        return ""
    if not token:
        raise NeedsToken("A reporting link is used by many people: its drafts need the draft token from the cookie.")
    return hashlib.sha256(token.encode()).hexdigest()


def kept_fields(fields: Fields) -> dict[str, list[str]]:
    """The fields as they are kept: as typed, in one Unicode form, without passwords and our own hidden fields."""
    kept = {
        name: [unicodedata.normalize("NFC", value) for value in values]
        for name, values in fields.items()
        if name not in NEVER_KEPT
    }
    size = sum(len(name) + sum(len(value) for value in values) for name, values in kept.items())
    if len(kept) > MOST_FIELDS or size > MOST_CHARACTERS:
        raise TooLong(
            f"This is longer than the {MOST_CHARACTERS:,} characters that can be kept until you send it."
            " Send what you have written and add the rest afterwards."
        )
    return kept


def digest_of(fields: Fields) -> str:
    """Whether two sendings say the same, without keeping what they say."""
    return hashlib.sha256(json.dumps(kept_fields(fields), sort_keys=True).encode()).hexdigest()


def gone_after(saved_at: datetime, sent_at: datetime | None) -> datetime:
    """When a draft is gone: some time after it was sent, or after its last word."""
    return sent_at + AFTER_SENDING if sent_at else saved_at + AFTER_LAST_WORD
