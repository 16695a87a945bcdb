-- What is done in a case counts too: a clause that somebody is to be spoken to, a plan made or support put in place shows
-- that it is done, month by month.
insert into hearth.counted (act, measure, fact) values
  ('case.contact_made', 'contacts_made', 'outcome'),
  ('case.note_added', 'notes_written', ''),
  ('case.risk_banded', 'risks_judged', 'risk_band'),
  ('action.planned', 'actions_planned', ''),
  ('action.done', 'actions_done', ''),
  ('case.support_in_place', 'support_in_place', ''),
  ('case.experience_asked', 'how_it_was', 'was_asked'),
  ('referral.challenged', 'referrals_challenged', '');
call hearth.count_these_acts();

-- What happened before counts as well.
select hearth.mend_counts();
