//! The shape of the files whose engines read them one by one: their tables and the keys of each.

/// One table of a file: its name, the keys every entry has, the keys some have, and what tells entries apart.
pub(super) struct Shape {
    pub(super) table: &'static str,
    pub(super) required: &'static str,
    pub(super) optional: &'static str,
    pub(super) identity: &'static str,
}

pub(super) const RANKS: &[Shape] = &[
    Shape { table: "meta", required: "title personnel_types next_rank_rule grade_2026_rule", optional: "", identity: "" },
    Shape {
        table: "rank",
        required: "code label personnel_type field scale next effective_from reference source confidence",
        optional: "note job_grade effective_to",
        identity: "code",
    },
    Shape {
        table: "code_conversion",
        required: "from_code to_code effective_from condition reference source confidence",
        optional: "note",
        identity: "from_code to_code",
    },
    Shape { table: "entry_step", required: "scale education step reference source confidence", optional: "", identity: "scale education" },
];

pub(super) const SCALES: &[Shape] = &[
    Shape { table: "meta", required: "title units rounding status", optional: "", identity: "" },
    Shape {
        table: "scale",
        required: "code label decree_table effective_from applies_to steps step_count months_to_next over_frame \
            step_increment reference source confidence",
        optional: "note over_frame_wait_months over_frame_first_percent over_frame_yearly_percent \
            over_frame_interval_months",
        identity: "code",
    },
    Shape { table: "job_grade", required: "grade label scale effective_from reference source confidence", optional: "", identity: "grade" },
    Shape {
        table: "job_grade_transition",
        required: "from_scale to_grade to_scale method earliest latest condition reference source confidence",
        optional: "",
        identity: "",
    },
    Shape {
        table: "commune_cadre_scale",
        required: "role steps months_to_next over_frame effective_from reference source confidence",
        optional: "effective_to note",
        identity: "role",
    },
    Shape {
        table: "leadership_allowance",
        required: "level position coefficient effective_from reference source confidence",
        optional: "note effective_to",
        identity: "level position",
    },
];

pub(super) const BASE: &[Shape] = &[
    Shape { table: "meta", required: "title unit rule", optional: "", identity: "" },
    Shape { table: "value", required: "amount effective_from reference source confidence", optional: "", identity: "effective_from" },
    Shape {
        table: "low_coefficient_supplement",
        required: "percent max_coefficient effective_from reference confidence",
        optional: "effective_to note",
        identity: "",
    },
];

pub(super) const ALLOWANCES: &[Shape] = &[
    Shape { table: "meta", required: "title bases base_luong_co_so base_luong base_luong_cv_vk rounding", optional: "", identity: "" },
    Shape {
        table: "allowance",
        required: "code label method base values effective_from counts_for_social_insurance condition reference \
            source confidence",
        optional: "",
        identity: "code",
    },
    Shape {
        table: "bonus_fund",
        required: "percent_of_yearly_payroll effective_from reference source confidence",
        optional: "",
        identity: "",
    },
];

pub(super) const RAISES: &[Shape] = &[
    Shape { table: "meta", required: "title logic convention", optional: "", identity: "" },
    Shape {
        table: "waiting_period",
        required: "code months scales effective_from reference source confidence",
        optional: "",
        identity: "code",
    },
    Shape {
        table: "counted_time",
        required: "code label effective_from reference source confidence",
        optional: "max_months_in_period",
        identity: "code",
    },
    Shape { table: "not_counted_time", required: "code label effective_from reference source confidence", optional: "", identity: "code" },
    Shape {
        table: "not_counted_rounding",
        required: "unit threshold_working_days below at_or_above working_days_exclude convention effective_from \
            reference source confidence",
        optional: "note",
        identity: "",
    },
    Shape {
        table: "standard",
        required: "personnel standard_1 standard_2 scope effective_from reference source confidence",
        optional: "effective_to",
        identity: "personnel",
    },
    Shape {
        table: "extension",
        required: "personnel_type form months effective_from reference source confidence",
        optional: "note effective_to",
        identity: "personnel_type form",
    },
    Shape { table: "extension_rule", required: "code rule reference source confidence", optional: "", identity: "code" },
    Shape {
        table: "early_raise",
        required: "max_months quota_percent quota_base quota_rounding window requires achievement_years_36 \
            achievement_years_24 consecutive effective_date next_period effective_from reference source \
            confidence",
        optional: "note",
        identity: "",
    },
    Shape {
        table: "pre_retirement_raise",
        required: "months requires window effective_date floor_at_notice quota one_of effective_from reference \
            source confidence",
        optional: "note",
        identity: "",
    },
    Shape {
        table: "over_frame",
        required: "first_percent yearly_percent wait_months_a wait_months_bc interval_months excluded_scales \
            standards extension base effective_from reference source confidence",
        optional: "note",
        identity: "",
    },
    Shape { table: "placement", required: "code rule effective_from reference source confidence", optional: "", identity: "code" },
    Shape {
        table: "appointment",
        required: "term_months expires_on notice_calendar_days notice_party_working_days \
            decision_before_working_days extend_if_remaining_below_months \
            reappoint_until_retirement_if_below_months first_appointment_age exceptions effective_from \
            reference source confidence",
        optional: "note",
        identity: "",
    },
    Shape {
        table: "probation",
        required: "personnel_type level months salary_percent counts_towards_raise not_counted effective_from \
            reference source confidence",
        optional: "",
        identity: "personnel_type level",
    },
    Shape {
        table: "discipline_forms",
        required: "personnel forms effective_from reference source confidence",
        optional: "effective_to",
        identity: "personnel",
    },
    Shape {
        table: "discipline_effect",
        required: "validity_months party_first new_offence no_promotion_months_reprimand_warning \
            no_promotion_months_removal effective_from reference source confidence",
        optional: "note",
        identity: "",
    },
    Shape {
        table: "evaluation_levels",
        required: "personnel levels effective_from reference confidence",
        optional: "",
        identity: "personnel effective_from",
    },
];

pub(super) const RETIREMENT: &[Shape] = &[
    Shape {
        table: "meta",
        required: "title age_unit rule unknown_birth_day unknown_day_only retirement_date pension_from notice_due \
            decision_due handover",
        optional: "",
        identity: "",
    },
    Shape {
        table: "roadmap",
        required: "sex year from_year_onward age_months age_text effective_from reference source confidence",
        optional: "",
        identity: "sex year",
    },
    Shape {
        table: "by_birth_month",
        required: "kind sex age_months age_text reference source confidence",
        optional: "born_to note born_from first_retirement_date last_retirement_date",
        identity: "",
    },
    Shape {
        table: "early_condition",
        required: "code max_years_earlier condition reference source confidence",
        optional: "",
        identity: "code",
    },
    Shape {
        table: "late_condition",
        required: "code max_years_later condition reference source confidence",
        optional: "note",
        identity: "code",
    },
    Shape { table: "postponement", required: "code max_months condition rule reference source confidence", optional: "", identity: "code" },
    Shape { table: "newer_law", required: "code effective_from summary confidence", optional: "", identity: "code" },
];

pub(super) const REPORTS: &[Shape] = &[
    Shape {
        table: "rules",
        required: "one_person_once highest_only age age_over_retirement age_last_band working total_row blank \
            format drill_down",
        optional: "",
        identity: "",
    },
    Shape {
        table: "report",
        required: "code title_vi legal_basis period population row_axis columns checks source confidence",
        optional: "from to due due_rule due_note as_of unit_of_measure notes delivery via",
        identity: "code",
    },
    Shape { table: "change", required: "act effect confidence", optional: "", identity: "" },
];
