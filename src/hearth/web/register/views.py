"""Bringing in the register: choose files, look at what would change, bring them in, see how far it is."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.housing.imports import uploads
from hearth.housing.imports.faults import as_csv
from hearth.housing.imports.terms import SheetKind
from hearth.housing.terms import UploadState
from hearth.ledger.operations import record_read
from hearth.organisation.terms import NotPossible
from hearth.web.middleware import Page

SHEETS = {
    SheetKind.HOMES: gettext_lazy("Homes"),
    SheetKind.TENANCIES: gettext_lazy("Tenancies"),
    SheetKind.PEOPLE: gettext_lazy("People"),
    SheetKind.STAFF: gettext_lazy("Staff"),
}
# What Hearth says of an upload, and whether it is still at work on it.
STATES = {
    UploadState.ASKED: (gettext_lazy("Waiting to be read"), True),
    UploadState.LOOKING: (gettext_lazy("Being read"), True),
    UploadState.LOOKED: (gettext_lazy("Read: look at what would change"), False),
    UploadState.CONFIRMED: (gettext_lazy("Waiting to be brought in"), True),
    UploadState.IMPORTING: (gettext_lazy("Being brought in"), True),
    UploadState.DONE: (gettext_lazy("Brought in"), False),
    UploadState.FAILED: (gettext_lazy("Not brought in"), False),
    UploadState.THROWN_AWAY: (gettext_lazy("Thrown away"), False),
}
MB = 1_000_000


class FilesForm(forms.Form):
    """Up to four files."""

    homes = forms.FileField(label=SHEETS[SheetKind.HOMES], required=False, allow_empty_file=True)
    tenancies = forms.FileField(label=SHEETS[SheetKind.TENANCIES], required=False, allow_empty_file=True)
    people = forms.FileField(label=SHEETS[SheetKind.PEOPLE], required=False, allow_empty_file=True)
    staff = forms.FileField(
        label=SHEETS[SheetKind.STAFF], required=False, allow_empty_file=True,
        help_text=gettext_lazy("Needs somebody who also keeps users and posts."),
    )  # fmt: skip

    def __init__(self, *args: Any, with_staff: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not with_staff:
            del self.fields["staff"]

    def contents(self) -> dict[SheetKind, bytes]:
        """The files that were chosen."""
        return {SheetKind(name): file.read() for name, file in self.cleaned_data.items() if file}


def import_page(request: Page) -> HttpResponse:
    """Choose files; what is under way, and what was brought in before."""
    check(request.viewer, Act.IMPORT_REGISTER)
    form = FilesForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        with_staff=may(request.viewer.parts, Act.KEEP_USERS),
    )
    if form.is_valid():
        try:
            _not_too_big(request)
            kept = uploads.upload(form.contents(), by=request.viewer, at=clock.now())
            return redirect("register_upload", kept.public_id)
        except NotPossible as problem:
            form.add_error("homes", str(problem))
    page = {
        "form": form,
        "most": settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MB,
        "under_way": [(row, STATES[UploadState(row.state)][0]) for row in uploads.uploads_of(request.viewer)],
        "history": uploads.imports_so_far(request.viewer),
        "sheets": SHEETS,
    }
    return render(request, "register/import.jinja", page)


def upload_page(request: Page, public_id: UUID) -> HttpResponse:
    """Files on their way in: how far they are, what would change, and what is wrong with them."""
    check(request.viewer, Act.IMPORT_REGISTER)
    row = uploads.upload_for(request.viewer, public_id)
    if request.method == "POST":
        return _acted(request, public_id)
    faults = uploads.faults_of(row)
    if faults:
        record_read("register_faults.read", about=None, ids=[("register_upload", row.pk)], durable=False)
    words, is_working = STATES[UploadState(row.state)]
    page = {
        "upload": row,
        "words": words,
        "is_working": is_working,
        "is_looked": row.state == UploadState.LOOKED,
        "is_done": row.state == UploadState.DONE,
        "changes_something": any(count["new"] or count["changed"] for count in row.counts.values()),
        "sheets": SHEETS,
        "faults": faults[: uploads.MOST_SHOWN],
        "more_faults": max(0, len(faults) - uploads.MOST_SHOWN),
    }
    return render(request, "register/upload.jinja", page)


@require_safe
def faults_file(request: Page, public_id: UUID) -> HttpResponse:
    """What is wrong with the files, as a file for whoever made them."""
    check(request.viewer, Act.IMPORT_REGISTER)
    row = uploads.upload_for(request.viewer, public_id)
    record_read("register_faults.read", about=None, ids=[("register_upload", row.pk)], durable=True)
    answer = HttpResponse(as_csv(uploads.faults_of(row)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="what-is-wrong.csv"'
    return answer


def _acted(request: Page, public_id: UUID) -> HttpResponse:
    """Bring the files in, or throw them away."""
    try:
        if request.POST.get("do") == "throw_away":
            uploads.throw_away(public_id, by=request.viewer)
            messages.success(request, _("The files are gone. Nothing was brought in."))
            return redirect("import_register")
        uploads.confirm(public_id, by=request.viewer, at=clock.now())
    except NotPossible as problem:
        messages.info(request, str(problem))
    return redirect("register_upload", public_id)


def _not_too_big(request: Page) -> None:
    """A request that is too big comes without its files: say so rather than that none was chosen."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MB
        raise NotPossible(
            _("The files are larger than %(most)s MB together. Send them one after the other, or use the command.")
            % {"most": most}
        )
