"""Addresses of the API: its documents for everybody, its operations behind their own door."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from hearth.api.door import behind_the_door
from hearth.api.house import api
from hearth.api.openapi import openapi_page
from hearth.api.problems import not_here
from hearth.api.readable import docs_page


@csrf_exempt
def no_such_address(request: HttpRequest) -> HttpResponse:
    """An address the API does not have: the answer of everything that is not there."""
    return not_here()


def _operations() -> list[URLPattern]:
    """Every operation behind the door. The front page of the library's own is left out."""
    made, _, _ = api.urls
    return [
        URLPattern(each.pattern, behind_the_door(each.callback), name=each.name)
        for each in made
        if isinstance(each, URLPattern) and each.name != "api-root"
    ]


documents = [
    path("docs", docs_page, name="api_docs"),
    path("openapi.json", openapi_page, name="api_openapi"),
]
operations = [*_operations(), re_path(r"^", no_such_address, name="no_such_address")]
