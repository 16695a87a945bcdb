"""Addresses of trying a policy. What came out stands under a random id."""

from django.urls import path

from hearth.web.trying import views

urlpatterns = [
    path("tried-policies", views.trials_page, name="trials"),
    path("tried-policies/try/<str:which>", views.try_policy_page, name="try_policy"),
    path("tried-policies/<uuid:public_id>", views.trial_page, name="trial"),
    path("tried-policies/<uuid:public_id>/figures.csv", views.trial_file, name="trial_file"),
]
