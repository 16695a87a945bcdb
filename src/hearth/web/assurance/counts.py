"""Monthly counts: the same for everybody who may see them, without names, with small numbers kept back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.assurance import queries
from hearth.assurance.by_company import begins, figures_of
from hearth.assurance.terms import SPANS, Figures, Measure, Told
from hearth.ledger.operations import record_read
from hearth.web.assurance.forms import CountsForm
from hearth.web.assurance.group import Group, chosen_group
from hearth.web.assurance.sheets import sheet
from hearth.web.companies import FIELD
from hearth.web.middleware import Page
from hearth.web.words import month, short_month


@require_safe
def counts_page(request: Page) -> HttpResponse:
    """One figure month by month, as a chart and a table, with what it means; of all together or of one company."""
    now = clock.now()
    of = chosen_group(request, at=now)
    measures = queries.measures(request.viewer, at=now, entity=of.company)
    code, months = _chosen(request, measures)
    figures = _figures(request, [code], months, of, now)[0] if code else None
    page = {
        "filter": CountsForm({"measure": code, "months": str(months), FIELD: of.asked}, measures=measures, of=of),
        "of": of,
        "begins": month(first) if not of.is_together and (first := begins(of.company, at=now)) else "",
        "figures": figures if figures and figures.fewer_than else None,
        "shown": shown(figures) if figures else None,
        "chosen": f"measure={code}&months={months}{of.also}",
        "months": months,
        "layout": "layouts/print.jinja" if "print" in request.GET else "layouts/page.jinja",
    }
    return render(request, "assurance/counts.jinja", page)


@require_safe
def counts_file(request: Page) -> HttpResponse:
    """Every figure of the chosen months as a file for a spreadsheet, exactly as the page tells them."""
    now = clock.now()
    of = chosen_group(request, at=now)
    measures = queries.measures(request.viewer, at=now, entity=of.company)
    months = _chosen(request, measures)[1]
    told = _figures(request, [each.code for each in measures], months, of, now)
    record_read("counts.downloaded", about=None, ids=[], durable=True)
    columns = [_("Figure"), _("Clause"), _("Month"), _("Part"), _("Number")]
    rows = (row for figures in told for row in _lines(figures))
    if of.choices:
        return sheet("counts", [_("Of"), *columns], ([of.name, *row] for row in rows))
    return sheet("counts", columns, rows)


def _figures(request: Page, codes: Sequence[str], months: int, of: Group, at: datetime) -> Sequence[Figures]:
    """As the page and the file tell them."""
    if of.is_together:
        return queries.all_figures(request.viewer, codes, months=months, at=at)
    return figures_of(request.viewer, codes, company=of.company, months=months, at=at)


def shown(figures: Figures) -> Mapping[str, object]:
    """A figure as a picture and a table: the points of the one, the columns and rows of the other."""
    return {"points": _points(figures), "columns": _columns(figures), "rows": list(_rows(figures))}


def _chosen(request: Page, measures: Sequence[Measure]) -> tuple[str, int]:
    """The figure and the months that were asked for; what is not there is the first of its kind."""
    codes = [each.code for each in measures] or [""]
    code, months = request.GET.get("measure", ""), request.GET.get("months", "")
    spans = {str(span): span for span in SPANS}
    return code if code in codes else codes[0], spans.get(months, SPANS[0])


def _points(figures: Figures) -> list[tuple[str, int | None, str]]:
    words = f"<{figures.fewer_than}"
    return [
        (short_month(each.month), each.in_all.number, words if each.in_all.is_small else "–") for each in figures.months
    ]


def _columns(figures: Figures) -> list[object]:
    parts = [(label, "numeric") for label in figures.measure.parts.values()]
    return [_("Month"), (_("In all"), "numeric"), *parts]


def _rows(figures: Figures) -> Iterator[list[str]]:
    for each in figures.months:
        told = [each.in_all, *(each.parts if figures.measure.parts else [])]
        yield [month(each.month), *(_told(one, figures.fewer_than) for one in told)]


def _lines(figures: Figures) -> Iterator[list[str]]:
    about = figures.measure
    for each in figures.months:
        month = f"{each.month:%Y-%m}"
        yield [about.label, about.clause, month, _("In all"), _told(each.in_all, figures.fewer_than, plain=True)]
        for label, one in zip(about.parts.values(), each.parts, strict=False):
            yield [about.label, about.clause, month, label, _told(one, figures.fewer_than, plain=True)]


def _told(told: Told, fewer_than: int, *, plain: bool = False) -> str:
    if told.number is not None:
        return str(told.number) if plain else f"{told.number:,}"
    return _("fewer than %(number)d") % {"number": fewer_than} if told.is_small else _("not shown")
