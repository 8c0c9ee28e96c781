-- As one would write it by hand over the files of a snapshot; policy and dates written out.
-- Days since 1970-01-01 (2024-12-31 is 20088), months year x 12 + month - 1 (2024-12 is 24299).
select complaint_no as subject, '' as part, null as amount, received_at, told_at, closed_at, region_code,
       coalesce(told_at_day, closed_at_day, 20088) - received_at_day as told_days,
       coalesce(closed_at_day, 20088) - received_at_day as closed_days,
       60 + case when extended then 30 else 0 end as closed_limit
from read_parquet('$folder/complaint.parquet')
where kind in ('help', 'petition', 'report')
  and ((named and coalesce(told_at_day, closed_at_day, 20088) - received_at_day > 15)
       or coalesce(closed_at_day, 20088) - received_at_day > 60 + case when extended then 30 else 0 end)
