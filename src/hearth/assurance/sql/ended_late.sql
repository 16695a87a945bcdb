-- How a promise of ours counts, in the month it falls due. A day-limit is kept until midnight, an hour-limit up to and
-- including its last moment. What ended by itself before its day counts nowhere; what was over by then was late, and no
-- closing, dropping or moving of what it was about takes that away. What is rightly paused counts nowhere.
create or replace function hearth.promise_kept(whose text, restricted boolean, state text, due_at timestamptz, due_day date,
  stopped_at timestamptz, pauses jsonb) returns text stable parallel safe language sql
  return case
    when whose <> 'ours' or restricted or due_at is null then null
    when state = 'met' then case when hearth.is_over(due_at, due_day, stopped_at) then 'late' else 'in_time' end
    when state = 'ended' and hearth.is_over(due_at, due_day, stopped_at) then 'late'
    when state = 'running' then 'open'
    when state = 'paused' and hearth.is_over(due_at, due_day, (pauses -> -1 ->> 1)::timestamptz) then 'open'
  end;

-- What was counted before is counted anew.
select hearth.mend_counts();
