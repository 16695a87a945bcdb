"""Addresses of views. A form has one address for its whole journey, so that the history tells no more than that."""

from django.urls import path

from hearth.web.concerns import links, mine, standing, views

urlpatterns = [
    path("concerns/log", views.log_page, name="log_concern"),
    path("concerns/mine", mine.my_concerns_page, name="my_concerns"),
    path("concerns/mine/<uuid:public_id>/still-worried", mine.still_worried_page, name="still_worried"),
    path("r/<str:secret>", views.follow_link, name="follow_link"),
    path("report", views.report_page, name="report"),
    path("receipt", standing.receipt_page, name="receipt"),
    path("links", links.links_page, name="links"),
    path("links/<uuid:public_id>/end", links.end_link_page, name="end_link"),
]
