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
  where month_index >= first group by 1, 2 having count(*) = count(amount_fen)),  -- a month of unknown amount is unknown
each as (
  select p.award_id, p.m, p.month, p.fen, r.person_id, d.death, d.died,
         least(coalesce(r.t, p.m), coalesce(w.to_month_index, p.m), p.m) as reach
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
  from counted c left join paid t on t.award_id = c.award_id and t.m = c.death and t.fen > 0
  group by 1, 2, 3, 4),
doubt as (
  select *, case when alive = 0 and fen > 0 then fen else 0 end as whole,
         case when alive > 0 and fen > 0 then fen * unreduced * 27720 // covered else 0 end as parts,
         case when fen < 0 then -fen else 0 end as back
  from judged),
begun as (
  select *, sum(whole) over w as whole_fen, sum(parts) over w // 27720 as one_fen,
         min(case when whole > 0 then m end) over w as whole_since,
         min(case when whole > 0 or parts > 0 then m end) over w as any_since
  from doubt window w as (partition by award_id)),
settled as (
  select *, sum(case when m >= whole_since then back else 0 end) over w as whole_back,
         sum(case when m >= any_since then back else 0 end) over w as any_back
  from begun window w as (partition by award_id)),
judged_award as (
  select *, whole_fen > whole_back as all_dead, greatest(any_back - whole_fen, 0) as one_back from settled),
found as (
  select award_id, count(*) as months, min(month) as since, max(month) as until,
         max(last_death) as last_death, max(covered) as covered, sum(fen) as paid,
         (case when any_value(all_dead) then any_value(whole_fen) - any_value(whole_back)
               else any_value(one_fen) - any_value(one_back) end)::bigint as amount
  from judged_award where case when all_dead then whole > 0 else parts > 0 and one_fen > one_back end group by 1)
select w.award_no as subject, '' as part, f.amount, f.since, f.until, f.months, f.last_death, f.covered, f.paid, h.region_code
from found f join read_parquet('$folder/award.parquet') w using (award_id)
left join read_parquet('$folder/household.parquet') h using (household_id)
