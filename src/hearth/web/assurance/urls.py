"""Addresses of what looks across."""

from django.urls import path

from hearth.web.assurance import access_log, counts, promises

urlpatterns = [
    path("counts", counts.counts_page, name="counts"),
    path("counts.csv", counts.counts_file, name="counts_file"),
    path("promises", promises.promises_page, name="promises"),
    path("promises.csv", promises.promises_file, name="promises_file"),
    path("promises/<str:clause>", promises.promise_page, name="promise"),
    path("access-log", access_log.access_log_page, name="access_log"),
    path("access-log/samples", access_log.samples_page, name="samples"),
]
