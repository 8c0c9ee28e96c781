-- As one would write it by hand over the files of a snapshot; policy and dates written out.
-- Days since 1970-01-01 (2024-12-31 is 20088), months year x 12 + month - 1 (2024-12 is 24299).
with died as (
  select person_id, min(d) as died, year(min(d)) * 12 + month(min(d)) - 1 as death from (
    select person_id, died_on as d from read_parquet('$folder/person.parquet') where died_on is not null and repeat = 0
    union all
    select person_id, from_on from read_parquet('$folder/match.parquet')
    where kind in ('death', 'cremation') and from_on is not null) group by 1),
rows as (select award_id, person_id, from_month_index as f, to_month_index as t from read_parquet('$folder/beneficiary.parquet')),
bereaved as (select award_id, min(death) as first from rows join died using (person_id) group by 1),
paid as (
  select award_id, month_index as m, sum(amount_fen)::bigint as fen, min(month) as month
  from read_parquet('$folder/payment.parquet') join bereaved using (award_id)
  where amount_fen is not null and month_index >= first group by 1, 2),
each as (
  select p.award_id, p.m, p.month, p.fen, r.person_id, d.death, d.died,
         least(coalesce(r.t, w.to_month_index, p.m), p.m) as reach
  from paid p join bereaved using (award_id)
  join rows r using (award_id)
  join read_parquet('$folder/award.parquet') w using (award_id)
  left join died d using (person_id)
  where p.m > first and r.f <= p.m and w.repeat = 0),
counted as (select * from each qualify reach = max(reach) over (partition by award_id, m)),
judged as (
  select c.award_id, c.m, c.month, c.fen, count(distinct person_id) as covered,
         count(distinct case when c.death is null or c.death >= c.m then person_id end) as alive, max(c.died) as last_death,
         count(distinct case when reach = c.m and c.m > c.death + 3 and c.fen >= t.fen then person_id end) as unreduced
  from counted c left join paid t on t.award_id = c.award_id and t.m = c.death
  group by 1, 2, 3, 4),
summed as (
  select *, sum(case when alive = 0 then fen else 0 end) over (partition by award_id) as all_fen,
         case when alive > 0 and fen > 0 then fen * unreduced // covered else 0 end as one_fen
  from judged),
found as (
  select award_id, any_value(all_fen) > 0 as all_dead, count(*) as months, min(month) as since, max(month) as until,
         max(last_death) as last_death, max(covered) as covered, sum(fen) as paid,
         case when any_value(all_fen) > 0 then any_value(all_fen) else sum(one_fen) end as amount
  from summed where case when all_fen > 0 then alive = 0 and fen <> 0 else one_fen > 0 end group by 1)
select w.award_no as subject, '' as part, f.amount, f.since, f.until, f.months, f.last_death, f.covered, f.paid, h.region_code
from found f join read_parquet('$folder/award.parquet') w using (award_id)
left join read_parquet('$folder/household.parquet') h using (household_id)
