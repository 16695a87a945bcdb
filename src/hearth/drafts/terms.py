"""Words for what is typed and not yet sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

type Fields = Mapping[str, Sequence[str]]
"""A form's fields as posted: every name with all of its values, exactly as typed."""

type Answer = Mapping[str, str]
"""What somebody was told when a form was sent, to be told again when it is sent again."""

AFTER_SENDING = timedelta(hours=24)
AFTER_LAST_WORD = timedelta(days=14)

MOST_FIELDS = 200
MOST_CHARACTERS = 100_000
MOST_DRAFTS = 30

SIGNATURE_FIELD = "draft_signature"
FORM_KEY_FIELD = "form_key"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", SIGNATURE_FIELD, FORM_KEY_FIELD, "password", "password1", "password2"})

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Draft:
    """Something typed and not yet sent, and when. A page that offers it says when."""

    form: str
    form_key: UUID
    fields: Mapping[str, list[str]]
    started_at: datetime
    saved_at: datetime
    sent_at: datetime | None

    def is_from_another_day(self, at: datetime) -> bool:
        """Whether its last word was typed on another day than today: then nobody may take it for today's."""
        return self.saved_at.astimezone(LONDON).date() != at.astimezone(LONDON).date()


class NoSuchDraft(Exception):
    """There is none: never saved, gone, discarded, or somebody else's. All answer alike."""


class AlreadySent(Exception):
    """The form was sent; what is typed now belongs in a new one."""


class SentDifferently(Exception):
    """The key was used before with other words. What was sent then is kept; what is typed now needs its own."""


class TooLong(Exception):
    """More than a draft holds. The message says what to do."""


class NotSigned(Exception):
    """The signature is not ours, was changed, or is too old."""


class NeedsToken(Exception):
    """A reporting link's draft was asked for without its token."""


# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {"Draft": ("short", "owner body", "id holder form form_key started_at saved_at sent_at gone_at")}
