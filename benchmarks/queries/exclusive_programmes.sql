-- As one would write it by hand over the files of a snapshot; policy and dates written out.
-- Days since 1970-01-01 (2024-12-31 is 20088), months year x 12 + month - 1 (2024-12 is 24299).
with matrix(a, b, action, unless) as (values
  ('dibao','destitute','forbid',null), ('dibao','dibao_edge','forbid',null), ('dibao','rigid_expense','forbid',null),
  ('destitute','rigid_expense','forbid',null), ('dibao_edge','rigid_expense','forbid',null),
  ('destitute','orphan','forbid',null), ('destitute','de_facto_orphan','forbid',null),
  ('destitute','disability_living','forbid',null), ('destitute','disability_care','forbid',null),
  ('orphan','de_facto_orphan','forbid',null), ('orphan','disability_living','forbid',null),
  ('de_facto_orphan','disability_living','forbid','dibao'), ('dibao','de_facto_orphan','top_up_only',null),
  ('dibao','orphan','top_up_only',null)),
rows as (select person_id, award_id, from_month_index as f, to_month_index as t from read_parquet('$folder/beneficiary.parquet')),
several as (select person_id from rows group by 1 having count(*) > 1),
spans as (
  select r.person_id, r.award_id, w.programme, w.household_id, r.f, least(coalesce(r.t, w.to_month_index, 24299), 24299) as t
  from rows r join several using (person_id) join read_parquet('$folder/award.parquet') w using (award_id)
  where w.repeat = 0),
both_months as (
  select x.person_id, m.a, m.b, m.action, m.unless, x.award_id as one, y.award_id as other, x.household_id,
         unnest(generate_series(greatest(x.f, y.f), least(x.t, y.t))) as m
  from spans x join matrix m on m.a = x.programme join spans y on y.person_id = x.person_id and y.programme = m.b
  where greatest(x.f, y.f) <= least(x.t, y.t)),
months as (
  select * from both_months z where unless is null or not exists (
    select 1 from spans s where s.person_id = z.person_id and s.programme = z.unless and z.m between s.f and s.t)),
asked as (select one as award_id, m from months union select other, m from months),
paid as (
  select p.award_id, asked.m, sum(amount_fen)::bigint as fen, max(amount_fen) as most, count(*) - count(amount_fen) as blank
  from read_parquet('$folder/payment.parquet') p join asked on asked.award_id = p.award_id and asked.m = p.month_index
  group by 1, 2),
heads as (
  select q.award_id, q.m, count(distinct r.person_id) as heads
  from asked q join rows r on r.award_id = q.award_id and r.f <= q.m and (r.t is null or r.t >= q.m) group by 1, 2),
by_head as (select award_id, m, fen * 27720 // heads as parts, most, blank from paid join heads using (award_id, m)),
one as (
  select person_id, a, b, z.m, sum(parts) as parts, max(most) as most, max(blank) as blank
  from (select distinct person_id, a, b, m, one from months) z
  join by_head h on h.award_id = z.one and h.m = z.m group by 1, 2, 3, 4),
other as (
  select person_id, a, b, z.m, sum(parts) as parts, max(most) as most, max(blank) as blank
  from (select distinct person_id, a, b, m, other from months) z
  join by_head h on h.award_id = z.other and h.m = z.m group by 1, 2, 3, 4),
once as (select person_id, a, b, m, min(action) as action, min(household_id) as household_id from months group by 1, 2, 3, 4),
judged as (
  select o.*, coalesce(one.parts, 0) as first_parts, coalesce(other.parts, 0) as second_parts,
         coalesce(one.blank, 0) + coalesce(other.blank, 0) as blank,
         case when b = 'de_facto_orphan' then 92000::bigint end as allowed
  from once o left join one using (person_id, a, b, m) left join other using (person_id, a, b, m)
  where not (coalesce(one.most > 0 and one.parts <= 0 and one.blank = 0, false)
          or coalesce(other.most > 0 and other.parts <= 0 and other.blank = 0, false))),
found as (
  select person_id, a, b, min(m) as since, max(m) as until, count(*) as months, min(household_id) as household_id,
         case when max(blank) = 0 then sum(case when action = 'forbid' then greatest(least(first_parts, second_parts), 0)
                  else first_parts + second_parts - allowed * 27720 end) // 27720 end as amount
  from judged
  where action = 'forbid' or (blank = 0 and first_parts + second_parts - allowed * 27720 > 100 * 27720)
  group by 1, 2, 3)
select f.person_id::varchar as subject, a || '+' || b as part, f.amount, f.since, f.until, f.months, h.region_code
from found f left join read_parquet('$folder/household.parquet') h using (household_id)
