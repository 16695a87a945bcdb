"""Addresses of one running limit."""

from django.urls import path

from hearth.web.limits import views

urlpatterns = [
    path("limit/<uuid:public_id>", views.limit_page, name="limit"),
    path("limit/<uuid:public_id>/pause", views.pause_page, name="pause_limit"),
    path("limit/<uuid:public_id>/resume", views.resume_page, name="resume_limit"),
    path("limit/<uuid:public_id>/extend", views.extend_page, name="extend_limit"),
    path("limit/<uuid:public_id>/why-late", views.why_late_page, name="why_late"),
]
