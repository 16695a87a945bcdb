"""The first page, and the way out."""

from django.urls import path

from hearth.web.home import views

urlpatterns = [
    path("", views.home_page, name="home"),
    path("leave", views.leave_page, name="leave"),
]
