"""The code on the receipt of what came by a link: with it, and without an account, one learns how it stands.

It is worked out from the form that was sent, so that the same form gives the same code, and kept only as a digest.
"""

import hashlib
import re
import uuid
from dataclasses import dataclass

from django.db import connection
from django.utils.crypto import salted_hmac

from hearth.access.queries import viewer
from hearth.access.references import ALPHABET
from hearth.access.terms import Viewer
from hearth.concerns.models import ReportingLink

GROUPS, IN_A_GROUP = 3, 4
NOT_OF_A_CODE = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class Holder:
    """Whoever holds a receipt code: he acts as the link the concern came by, and for the form that was sent alone."""

    viewer: Viewer
    key: uuid.UUID


def code_for(sender_id: int, key: uuid.UUID) -> str:
    """The receipt code of one form that somebody sent by a link, such as 7KQ4-M2XW-9FHT."""
    drawn = salted_hmac("hearth.receipt-code", f"{sender_id}:{key}", algorithm="sha256").digest()
    number, letters = int.from_bytes(drawn), ""
    for _each in range(GROUPS * IN_A_GROUP):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    return "-".join(letters[start : start + IN_A_GROUP] for start in range(0, len(letters), IN_A_GROUP))


def digest_of(typed: str) -> str:
    """What is kept of a code, however it was typed. Looking for a digest tells nothing of how near a guess came."""
    return hashlib.sha256(NOT_OF_A_CODE.sub("", typed.upper()).encode()).hexdigest()


def holder_of(typed: str) -> Holder | None:
    """Whose form a code belongs to, or nobody's. Asked before anybody is signed in; it opens nothing by itself."""
    with connection.cursor() as cursor:
        cursor.execute("select sender, sent_key from hearth.sender_of_receipt(%s)", [digest_of(typed)])
        found = cursor.fetchone()
    link = ReportingLink.objects.select_related("acts_as").filter(acts_as_id=found[0] if found else None).first()
    return Holder(viewer(link.acts_as), found[1]) if found and link else None
