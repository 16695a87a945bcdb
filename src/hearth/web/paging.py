"""The links of a list that is read a page at a time. They work without scripts and say no words of a record."""

from django.http import HttpRequest
from django.utils.http import urlencode

from hearth.ledger.paging import NotAPlace, Order, Paged, Place


def place(request: HttpRequest, order: Order) -> Place | None:
    """Where the page begins that is asked for. What cannot be read begins at the start."""
    try:
        return order.place(request.GET.get("after", "")) or order.place(request.GET.get("before", ""), back=True)
    except NotAPlace:
        return None


def turning[R](page: Paged[R], **kept: str) -> dict[str, str | None]:
    """Where the pages before and after this one are; `kept` is what else the address says."""
    return {
        "previous": f"?{urlencode({**kept, 'before': page.previous})}" if page.previous else None,
        "next": f"?{urlencode({**kept, 'after': page.next})}" if page.next else None,
    }
