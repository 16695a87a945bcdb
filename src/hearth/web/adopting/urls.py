"""Addresses of adopting a policy. What was proposed and what somebody is asked to read stand under random ids."""

from django.urls import path

from hearth.web.adopting import approving, reading

urlpatterns = [
    path("policy/proposed/<uuid:public_id>", approving.proposed_policy_page, name="proposed_policy"),
    path("policy/proposed/<uuid:public_id>/withdraw", approving.withdraw_policy_page, name="withdraw_policy"),
    path("reading", reading.not_yet_read_page, name="not_yet_read"),
    path("reading/<uuid:public_id>", reading.read_policy_page, name="read_policy"),
]
