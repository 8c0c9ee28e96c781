"""Which part of a what-if reads which rule, so that none can be changed without a word?

Every shipped rule is in exactly one list (tested). A change of a rule that no amount and no roll hangs on is named
beside the numbers (`conflicts`), with where it acts instead.
"""

from typing import Final

BY_MONTH: Final = (  # by the model of months, on the first day of each
    *("dibao_standard", "edge_multiplier", "circle_multiplier", "taper_months", "aid_term_months", "single_entry"),
    *("benefit_mode", "benefit_bands", "benefit_amount", "category_topup", "disregard", "job_cost", "deduction_cap"),
    *("impute_work", "impute_land", "impute_support", "labour_coefficient", "land_ratio", "support_rate"),
    "work_months",
)
GATHERED: Final = ("veto", "entitlement", "hardship_weight", "near_kin", "wider_kin")  # once, in whole tables
OF_TIME: Final = (  # by time limits: cases past theirs
    *("decision_days", "step_days", "emergency_hours", "urgency_hours", "posting_counts", "clock_stops"),
    "posting_days",
)
BESIDE: Final = ("linked_benefit", "earnings_elasticity", "whatif_doubt")  # by incentives, behaviour and doubt
ELSEWHERE: Final = (  # by leads, indicators and screens alone
    *("amber", "burst_size", "cluster_hub", "cluster_multiple", "collective_account", "complaint_closed_days"),
    *("complaint_extension_days", "complaint_repeat_months", "complaint_told_days", "control_sample"),
    *("county_visit_required", "death_grace_months", "document_checklist", "exclusive", "fairness"),
    *("filing_programmes", "household_tag", "kin_certainty", "kin_excess", "kin_lenience", "lead_opinion_months"),
    *("make_up_days", "mass_exit", "match_freshness_days", "merge_minutes", "metric_target", "missed_entitlement"),
    *("mutual_favor", "need_band", "never_exit", "newcomers", "outreach_days", "overview_metrics"),
    *("payment_start_months", "payment_table", "posting_barred", "process_order", "programme", "rank_inversion"),
    *("required_steps", "review_months", "risk_event", "same_person", "small_cell", "special_window_days"),
    *("split_village", "stop_rule", "temporary_cap", "temporary_per_year", "unmask_limit", "visit_cost"),
    *("visit_investigators", "visits_month"),
)
