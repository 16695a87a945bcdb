"""Addresses of what waits: my work, what is due, alerts, emergencies, unsafe homes."""

from django.urls import path

from hearth.web.work import emergencies, hazards, views

urlpatterns = [
    path("my-work", views.my_work_page, name="my_work"),
    path("due", views.due_page, name="due"),
    path("notice/<uuid:public_id>/read", views.read_notice_page, name="read_notice"),
    path("alert/<uuid:public_id>", emergencies.alert_page, name="alert"),
    path("emergency", emergencies.break_glass_page, name="break_glass"),
    path("unsafe-homes", hazards.hazards_page, name="hazards"),
    path("unsafe-home/<uuid:public_id>", hazards.hazard_page, name="hazard"),
    path("unsafe-home/<uuid:public_id>/classify", hazards.classify_page, name="classify_hazard"),
    path("unsafe-home/<uuid:public_id>/step", hazards.step_page, name="hazard_step"),
]
