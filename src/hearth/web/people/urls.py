"""Addresses of people and homes."""

from django.urls import path

from hearth.web.people import finding

urlpatterns = [
    path("find", finding.find_page, name="find"),
    path("find/<uuid:asked>", finding.found_page, name="found"),
    path("home/<uuid:public_id>", finding.home_page, name="register_home"),
    path("person/<uuid:public_id>", finding.person_page, name="register_person"),
]
