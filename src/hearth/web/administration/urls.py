"""Addresses of administering. A user, an appointment and what was asked for stand under random ids."""

from django.urls import path

from hearth.web.administration import calendar, emergencies, policy, posts, rota, unsent, users

urlpatterns = [
    path("users", users.users_page, name="users"),
    path("users/new", users.add_user_page, name="add_user"),
    path("user/<uuid:public_id>", users.user_page, name="user"),
    path("user/<uuid:public_id>/change", users.change_user_page, name="change_user"),
    path("user/<uuid:public_id>/letter", users.letter_page, name="send_letter"),
    path("user/<uuid:public_id>/code", users.give_code_page, name="give_code"),
    path("user/<uuid:public_id>/off", users.switch_off_page, name="switch_off_user"),
    path("user/<uuid:public_id>/on", users.switch_on_page, name="switch_on_user"),
    path("user/<uuid:public_id>/own-record", users.link_page, name="link_user"),
    path("posts", posts.posts_page, name="posts"),
    path("posts/policy", posts.policy_posts_page, name="policy_posts"),
    path("posts/new", posts.add_post_page, name="add_post"),
    path("posts/appoint", posts.appoint_page, name="appoint"),
    path("posts/asked", posts.proposals_page, name="proposals"),
    path("posts/asked/<uuid:public_id>", posts.answer_proposal_page, name="answer_proposal"),
    path("posts/held/<uuid:public_id>/end", posts.end_appointment_page, name="end_appointment"),
    path("rota", rota.rota_page, name="rota"),
    path("rota/new", rota.put_on_page, name="put_on_rota"),
    path("rota/<uuid:public_id>/cover", rota.cover_page, name="cover_shift"),
    path("rota/<uuid:public_id>/swap", rota.swap_page, name="swap_shift"),
    path("unsent", unsent.unsent_page, name="unsent"),
    path("unsent/<uuid:public_id>/again", unsent.try_again_page, name="try_again"),
    path("unsent/<uuid:public_id>/told", unsent.told_page, name="told_by_telephone"),
    path("emergencies", emergencies.emergencies_page, name="emergencies"),
    path("emergencies/<uuid:public_id>", emergencies.review_emergency_page, name="review_emergency"),
    path("calendar", calendar.calendar_page, name="calendar"),
    path("policy", policy.policy_page, name="policy"),
    path("documents", policy.documents_page, name="documents"),
    path("policy/<slug:name>", policy.pack_page, name="pack"),
    path("teams/new", posts.add_team_page, name="add_team"),
    path("post/<slug:key>", posts.post_page, name="post"),
    path("post/<slug:key>/change", posts.change_post_page, name="change_post"),
]
