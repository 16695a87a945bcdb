"""A link signs in as an invented person, in a demonstration and nowhere else."""

import types

import pytest
from django.conf import settings
from django.test import Client
from django.urls import include, path

from hearth.organisation.models import User
from hearth.organisation.queries import demonstration_key
from hearth.site import urls


@pytest.fixture
def in_a_demonstration(monkeypatch):
    """The site as a demonstration has it."""
    module = types.ModuleType("demonstration_urls")
    module.urlpatterns = [*urls.urlpatterns, path("demonstration/", include("hearth.web.demonstration"))]
    module.handler404 = urls.handler404
    monkeypatch.setattr(settings, "ROOT_URLCONF", module)
    monkeypatch.setattr(settings, "DEMONSTRATION", True)


def link(person):
    return f"/demonstration/{person.email.partition('@')[0]}/{demonstration_key(person)}"


def test_a_link_signs_in_with_both_factors(own_cast, in_a_demonstration):
    browser = Client(headers={"host": "127.0.0.1"})
    assert browser.get(link(User.objects.get(email="lead@ashgrove.example"))).headers["Location"] == "/"
    page = browser.get("/")
    assert page.status_code == 200
    assert "Lead" in page.content.decode()


def test_a_wrong_key_and_a_real_person_have_no_link(own_cast, in_a_demonstration):
    lead = User.objects.get(email="lead@ashgrove.example")
    assert Client(headers={"host": "127.0.0.1"}).get(f"/demonstration/lead/{'0' * 16}").status_code == 404
    lead.is_demonstration = False
    lead.save()
    assert Client(headers={"host": "127.0.0.1"}).get(link(lead)).status_code == 404


def test_outside_a_demonstration_there_is_no_such_address(own_cast):
    browser = Client(headers={"host": "127.0.0.1"})
    assert browser.get(link(User.objects.get(email="lead@ashgrove.example"))).status_code == 404
