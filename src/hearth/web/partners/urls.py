"""Addresses of what other agencies are asked, answer, and do by their own law."""

from django.urls import path

from hearth.web.partners import processes, referrals

urlpatterns = [
    path("waiting-for-others", referrals.waiting_page, name="waiting_for_others"),
    path("concern/<uuid:public_id>/refer", referrals.refer_concern_page, name="refer_concern"),
    path("case/<uuid:public_id>/refer", referrals.refer_case_page, name="refer_case"),
    path("referral/<uuid:public_id>", referrals.referral_page, name="referral"),
    path("referral/<uuid:public_id>/in-writing", referrals.confirm_page, name="confirm_referral"),
    path("referral/<uuid:public_id>/received", referrals.received_page, name="referral_received"),
    path("referral/<uuid:public_id>/chase", referrals.chase_page, name="chase_referral"),
    path("referral/<uuid:public_id>/answer", referrals.answer_page, name="answer_referral"),
    path("referral/<uuid:public_id>/disagree", referrals.disagree_page, name="challenge_referral"),
    path("referral/<uuid:public_id>/agreed", referrals.agreed_page, name="agree_referral"),
    path("referral/<uuid:public_id>/take-back", referrals.take_back_page, name="withdraw_referral"),
    path("case/<uuid:public_id>/process", processes.begin_page, name="begin_process"),
    path("case/<uuid:public_id>/high-risk", processes.high_risk_page, name="high_risk"),
    path("process/<uuid:public_id>", processes.process_page, name="process"),
    path("process/<uuid:public_id>/step/<int:number>", processes.step_page, name="process_step"),
]
