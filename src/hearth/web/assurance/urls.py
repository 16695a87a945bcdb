"""Addresses of what looks across."""

from django.urls import path

from hearth.web.assurance import counts

urlpatterns = [
    path("counts", counts.counts_page, name="counts"),
    path("counts.csv", counts.counts_file, name="counts_file"),
]
