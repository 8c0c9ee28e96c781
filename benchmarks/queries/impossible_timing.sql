-- As one would write it by hand over the files of a snapshot; policy and dates written out.
-- Days since 1970-01-01 (2024-12-31 is 20088), months year x 12 + month - 1 (2024-12 is 24299).
with cases as (
  select * from read_parquet('$folder/application.parquet') where coalesce(decision, '') <> 'withdrawn'),
steps as (
  select s.*, c.programme, c.household_id, c.accepted_at, c.accepted_at_day, c.accepted_at_dated, c.decided_at,
         c.decided_at_day, c.decided_at_dated
  from read_parquet('$folder/step.parquet') s join cases c using (application_id)),
disorder as (
  select application_id, 'early' as cause, step, null as together from steps
  where step in ('data_check','home_visit','democratic_review','preliminary','posting','county_visit')
    and case when started_at_dated or accepted_at_dated then started_at_day < accepted_at_day
             else started_at < accepted_at end
  union all
  select application_id, 'unfinished', step, null from steps
  where step in ('data_check','home_visit','democratic_review','preliminary','posting','county_visit')
    and decided_at is not null and programme <> 'temporary_emergency'
    and (finished_at is null
         or case when finished_at_dated or decided_at_dated then decided_at_day < finished_at_day
                 else decided_at < finished_at end)),
decided as (
  select application_id, 'decided_first', '', null from cases
  where case when accepted_at_dated or decided_at_dated then decided_at_day < accepted_at_day
             else decided_at < accepted_at end),
acts as (
  select application_id, household_id, actor_person_id, coalesce(finished_at_epoch, started_at_epoch) as epoch
  from read_parquet('$folder/step.parquet') s join read_parquet('$folder/application.parquet') a using (application_id)
  where step = 'confirm' and actor_person_id is not null
    and not case when finished_at is null then started_at_dated else finished_at_dated end),
crowded as (
  select *, count(*) over (partition by actor_person_id order by epoch range between 60 preceding and 60 following) as near
  from acts),
dense as (select * from crowded where near >= 8),
windows as (
  select a.actor_person_id, a.epoch, b.application_id, b.household_id
  from (select distinct actor_person_id, epoch from dense) a
  join dense b on a.actor_person_id = b.actor_person_id and b.epoch between a.epoch and a.epoch + 60),
bursts as (
  select actor_person_id, epoch, count(distinct household_id) as together from windows group by 1, 2 having together >= 8),
burst as (
  select application_id, 'burst', '', together from windows join bursts using (actor_person_id, epoch)),
required as (
  select application_id, actor_person_id, step, finished_at_epoch as epoch,
         lag(step) over w as before_step, lag(finished_at_epoch) over w as before
  from steps
  where actor_person_id is not null and not finished_at_dated
    and list_contains(case programme
      when 'dibao' then ['authorise','data_check','home_visit','preliminary','posting','confirm']
      when 'destitute' then ['authorise','data_check','home_visit','preliminary','posting','confirm']
      when 'dibao_edge' then ['authorise','data_check','home_visit','preliminary','confirm']
      when 'rigid_expense' then ['authorise','data_check','home_visit','preliminary','confirm']
      when 'temporary_expenditure' then ['data_check','home_visit','confirm'] else [] end, step)
  window w as (partition by application_id, actor_person_id order by finished_at_epoch)),
close as (select * from required where epoch - before <= 300 and step <> before_step),
merged as (
  select application_id, 'merged', step, null from close
  union all select application_id, 'merged', before_step, null from close),
seen as (
  select * from disorder union all select * from decided union all select * from burst union all select * from merged),
summed as (
  select application_id, max(together) as together, list_distinct(list(cause)) as causes,
         list_distinct(list(cause || ':' || step)) as steps
  from seen group by 1)
select c.application_no as subject, '' as part, null as amount, c.accepted_at, c.decided_at, s.causes, s.steps, s.together,
       coalesce(h.region_code, c.region_code) as region_code
from summed s join cases c using (application_id)
left join read_parquet('$folder/household.parquet') h using (household_id)
