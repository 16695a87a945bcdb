"""Addresses of what looks across."""

from django.urls import path

from hearth.web.assurance import access_log, counts

urlpatterns = [
    path("counts", counts.counts_page, name="counts"),
    path("counts.csv", counts.counts_file, name="counts_file"),
    path("access-log", access_log.access_log_page, name="access_log"),
    path("access-log/samples", access_log.samples_page, name="samples"),
]
