"""Very many concerns come by one link: none is refused, triage sees which they are, and the leads are told once."""

from datetime import datetime

from hearth.outbound.operations.notices import notify
from hearth.outbound.queries.on_call import leads
from hearth.outbound.terms import NoticeWords

MANY_BY_A_LINK = "many_by_a_link"


def tell_of_many(link_id: int, at: datetime) -> None:
    """Tell the leads inside Hearth, once an hour for each link."""
    for lead in leads(at):
        notify(
            lead.pk, NoticeWords.SOMETHING_WAITS, key=f"many:{link_id}:{at:%Y%m%d%H}:{lead.pk}", at=at,
            about_kind=MANY_BY_A_LINK,
        )  # fmt: skip
