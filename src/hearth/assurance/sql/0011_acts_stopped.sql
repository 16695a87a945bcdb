-- What the policy stopped is counted by the gate that was in the way.
insert into hearth.counted (act, measure, fact) values ('gate.stopped', 'acts_stopped', 'gate');
call hearth.count_these_acts();
