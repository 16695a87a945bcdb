"""Addresses of people and homes."""

from django.urls import path

from hearth.web.people import adding, conflicts, finding, markers, reading, saying
from hearth.web.people.records import CASE, CONCERN

urlpatterns = [
    path("find", finding.find_page, name="find"),
    path("find/<uuid:asked>", finding.found_page, name="found"),
    path("home/<uuid:public_id>", finding.home_page, name="register_home"),
    path("person/<uuid:public_id>", finding.person_page, name="register_person"),
    path("markers", markers.review_page, name="markers"),
    path("exclusions", conflicts.exclusions_page, name="exclusions"),
]
PAGES = (
    ("people", reading.people_page, "people"),
    ("people/add", adding.add_page, "add_person"),
    ("markers", markers.markers_page, "markers"),
    ("markers/put", markers.put_page, "put_marker"),
    ("markers/<uuid:marker>", markers.marker_page, "marker"),
    ("know-somebody", conflicts.conflict_page, "conflict"),
    ("people/<uuid:person>", reading.person_page, "person"),
    ("people/<uuid:person>/part", saying.part_page, "part"),
    ("people/<uuid:person>/relationship", saying.tie_page, "tie"),
    ("people/<uuid:person>/relationship/end", saying.end_tie_page, "end_tie"),
    ("people/<uuid:person>/household", saying.household_page, "household"),
    ("people/<uuid:person>/wishes", saying.wish_page, "wish"),
    ("people/<uuid:person>/contact", saying.channel_page, "contact"),
    ("people/<uuid:person>/contact/<slug:channel>", saying.contact_page, "contact_by"),
    ("people/<uuid:person>/needs", saying.needs_page, "needs"),
    ("people/<uuid:person>/capacity", saying.capacity_page, "capacity"),
)
urlpatterns += [
    path(f"{kind}/<uuid:public_id>/{address}", page, {"kind": kind}, name=f"{kind}_{name}")
    for kind in (CONCERN, CASE)
    for address, page, name in PAGES
]
