"""Addresses of cases."""

from django.urls import path

from hearth.cases.terms import Kept
from hearth.web.cases import ending, folder, giving, kept, places, work

urlpatterns = [
    path("cases", folder.cases_page, name="cases"),
    path("cases/notes", folder.search_page, name="search_notes"),
    path("case/<uuid:public_id>", folder.case_page, name="case"),
    path("case/<uuid:public_id>/chronology", folder.chronology_page, name="chronology"),
    path("case/<uuid:public_id>/who-looked", folder.who_looked_page, name="who_looked"),
    path("case/<uuid:public_id>/summary", work.summary_page, name="case_summary"),
    path("case/<uuid:public_id>/action", giving.plan_page, name="plan_action"),
    path("case/<uuid:public_id>/contact", work.contact_page, name="record_contact"),
    path("case/<uuid:public_id>/note", work.note_page, name="write_note"),
    path("case/<uuid:public_id>/risk", work.risk_page, name="set_risk"),
    path("case/<uuid:public_id>/review", work.review_page, name="review_case"),
    path("case/<uuid:public_id>/hand-over", work.hand_over_page, name="hand_over"),
    path("case/<uuid:public_id>/join", places.join_page, name="join_concern"),
    path("case/<uuid:public_id>/take-out/<uuid:concern>", places.split_page, name="split_concern"),
    path("case/<uuid:public_id>/who-is-in", places.places_page, name="places"),
    path("case/<uuid:public_id>/invite", places.invite_page, name="invite"),
    path("case/<uuid:public_id>/bring-in", places.bring_in_page, name="bring_in"),
    path("approvals", ending.approvals_page, name="approvals"),
    path("action/<uuid:public_id>", work.action_page, name="action"),
    path("action/<uuid:public_id>/done", work.finish_page, name="finish_action"),
    path("action/<uuid:public_id>/give", giving.give_page, name="give_action"),
    path("action/<uuid:public_id>/drop", giving.drop_page, name="drop_action"),
    path("offered/<uuid:public_id>", work.offered_page, name="offered_case"),
    path("case/<uuid:public_id>/support-in-place", ending.support_page, name="support_in_place"),
    path("case/<uuid:public_id>/close", ending.close_page, name="close_case"),
    path("case/<uuid:public_id>/approve", ending.approve_page, name="approve_closure"),
    path("case/<uuid:public_id>/do-not-approve", ending.refuse_page, name="refuse_closure"),
    path("case/<uuid:public_id>/how-it-was", ending.how_it_was_page, name="how_it_was"),
    path("case/<uuid:public_id>/reopen", ending.reopen_page, name="reopen_case"),
]
urlpatterns += [
    path(f"case/<uuid:public_id>/{what}", kept.kept_page, {"what": what}, name=f"case_{what}") for what in Kept
]
