-- Everybody who is let in reads the policies; the house keeps what was adopted, proposed, approved and read. Nothing in a
-- policy is confidential.
grant select on policy_adoption, policy_packfile to hearth_app, hearth_broad, hearth_narrow, hearth_worker, hearth_house;
grant insert on policy_adoption, policy_packfile to hearth_house;
grant select on policy_proposal, policy_approvalstep, policy_reading, policy_changedraft to hearth_broad, hearth_narrow, hearth_house;
grant insert, update on policy_proposal, policy_approvalstep, policy_reading, policy_changedraft to hearth_house;
-- A policy that came into force names the posts once.
grant update (posts_named_at) on policy_adoption to hearth_worker;
