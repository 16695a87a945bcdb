"""Addresses of adopting and changing a policy. What was proposed, and what is to be read, stand under random ids."""

from django.urls import path

from hearth.web.adopting import approving, changing, reading, rebasing

urlpatterns = [
    path("policy/proposed/<uuid:public_id>", approving.proposed_policy_page, name="proposed_policy"),
    path("policy/proposed/<uuid:public_id>/withdraw", approving.withdraw_policy_page, name="withdraw_policy"),
    path("policy/changes", changing.change_policy_page, name="change_policy"),
    path("policy/changes/out", changing.take_out_change_page, name="take_out_change"),
    path("policy/changes/try", changing.try_changes_page, name="try_changes"),
    path("policy/changes/over", rebasing.rebase_page, name="rebase_changes"),
    path("policy/changes/again", changing.begin_again_page, name="begin_again"),
    path("policy/changes/file", changing.changes_file_page, name="changes_file"),
    path("policy/changes/<slug:kind>/<str:which>/out", changing.drop_from_policy_page, name="drop_from_policy"),
    path("policy/changes/<slug:kind>/<str:which>", changing.change_in_policy_page, name="change_in_policy"),
    path("reading", reading.not_yet_read_page, name="not_yet_read"),
    path("reading/<uuid:public_id>", reading.read_policy_page, name="read_policy"),
]
