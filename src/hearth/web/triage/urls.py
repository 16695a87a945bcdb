"""Addresses of triage."""

from django.urls import path

from hearth.web.triage import deciding, homes, views, watches, worries

urlpatterns = [
    path("triage", views.queue_page, name="queue"),
    path("triage/about-our-people", views.restricted_page, name="restricted_queue"),
    path("concern/<uuid:public_id>", views.concern_page, name="concern"),
    path("concern/<uuid:public_id>/look", views.look_page, name="look_at_concern"),
    path("concern/<uuid:public_id>/add", views.add_page, name="add_to_concern"),
    path("concern/<uuid:public_id>/home", homes.home_page, name="concern_home"),
    path("concern/<uuid:public_id>/unsafe", homes.unsafe_page, name="concern_unsafe"),
    path("concern/<uuid:public_id>/decide", deciding.decide_page, name="decide_concern"),
    path("watches", watches.watches_page, name="watches"),
    path("watch/<uuid:public_id>", watches.review_page, name="review_watch"),
    path("still-worried", worries.worries_page, name="worries"),
    path("still-worried/<uuid:public_id>", worries.answer_page, name="answer_worry"),
]
