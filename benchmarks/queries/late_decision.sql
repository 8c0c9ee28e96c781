-- As one would write it by hand over the files of a snapshot; policy and dates written out.
-- Days since 1970-01-01 (2024-12-31 is 20088), months year x 12 + month - 1 (2024-12 is 24299).
with cases as (
  select a.*, coalesce(decided_at_day, 20088) as until_day, 
  case when a.programme = 'dibao' and a.extended and a.accepted_at_day >= 18809 and a.extension_reason in
            ('posting_objection','residence_split','other_place','hard_to_investigate') then 45
       when a.programme = 'dibao' and a.delegated and a.accepted_at_day >= 19285 then 20
       when a.programme = 'dibao' and a.accepted_at_day >= 18809 then 30
       when a.programme = 'rigid_expense' and a.extended and a.extension_reason in
            ('posting_objection','residence_split','other_place','hard_to_investigate') then 45
       when a.programme in ('destitute', 'rigid_expense', 'de_facto_orphan') then 30
       when a.programme = 'temporary_expenditure' then 10 end
 as lim
  from read_parquet('$folder/application.parquet') a
  where decided_at is not null and coalesce(decision, '') <> 'withdrawn' and programme <> 'temporary_emergency'),
stops as (
  select s.application_id, sum(greatest(e.ordinal - b.ordinal, 0)) as stopped
  from read_parquet('$folder/step.parquet') s
  join cases c using (application_id)
  join read_parquet('$folder/calendar.parquet') b on b.day = s.started_at_day
  join read_parquet('$folder/calendar.parquet') e on e.day = coalesce(s.finished_at_day, c.until_day)
  where s.step = 'objection' group by 1),
timed as (
  select c.*, e.ordinal - b.ordinal - coalesce(s.stopped, 0) as days, coalesce(s.stopped, 0) as stopped
  from cases c
  left join stops s using (application_id)
  left join read_parquet('$folder/calendar.parquet') b on b.day = c.accepted_at_day
  left join read_parquet('$folder/calendar.parquet') e on e.day = c.until_day)
select t.application_no as subject, '' as part, null as amount, t.accepted_at, t.decided_at, t.due_at, t.days, t.stopped,
       t.lim, coalesce(h.region_code, t.region_code) as region_code,
       case when due_at is null then days / lim
            else 1 + (coalesce(decided_at_epoch, 1735660800) - due_at_epoch) / greatest(due_at_epoch - accepted_at_epoch, 86400)
       end as score
from timed t left join read_parquet('$folder/household.parquet') h using (household_id)
where case when due_at is null then days > lim else case when due_at_dated or decided_at_dated then decided_at_day > due_at_day else decided_at > due_at end end
