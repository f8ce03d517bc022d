CREATE TABLE s_dossier_header (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    managing_authority TEXT,
    using_unit TEXT,
    officer_number TEXT,
    officer_identifier TEXT,
    dossier_number TEXT,
    personnel_type TEXT,
    dossier_status TEXT,
    status_effective_date {DATE},
    photo {INT},
    declared_on {DATE},
    confirmed_on {DATE},
    confirmed_by TEXT
) {STRICT};

CREATE TABLE s_identity (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    full_name TEXT,
    other_names TEXT,
    alias TEXT,
    birth_date {KEY},
    gender TEXT,
    nationality TEXT,
    ethnicity TEXT,
    religion TEXT,
    marital_status TEXT,
    personal_id_number TEXT,
    other_identity_note TEXT
) {STRICT};

CREATE TABLE s_identity_documents (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    document_type TEXT,
    number TEXT,
    issue_date {DATE},
    issue_place TEXT,
    expiry_date {DATE},
    is_current {BOOL},
    scan {INT}
) {STRICT};
CREATE INDEX s_identity_documents_of_dossier ON s_identity_documents (dossier_id);

CREATE TABLE s_origin_and_residence (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    birth_place_as_written TEXT,
    birth_place_model TEXT,
    birth_place_detail TEXT,
    birth_place_province_code TEXT,
    birth_place_district_code TEXT,
    birth_place_commune_code TEXT,
    birth_place_valid_on {DATE},
    birth_place_current_equivalent TEXT,
    birth_registration_place_as_written TEXT,
    birth_registration_place_model TEXT,
    birth_registration_place_detail TEXT,
    birth_registration_place_province_code TEXT,
    birth_registration_place_district_code TEXT,
    birth_registration_place_commune_code TEXT,
    birth_registration_place_valid_on {DATE},
    birth_registration_place_current_equivalent TEXT,
    hometown_as_written TEXT,
    hometown_model TEXT,
    hometown_detail TEXT,
    hometown_province_code TEXT,
    hometown_district_code TEXT,
    hometown_commune_code TEXT,
    hometown_valid_on {DATE},
    hometown_current_equivalent TEXT,
    permanent_residence_as_written TEXT,
    permanent_residence_model TEXT,
    permanent_residence_detail TEXT,
    permanent_residence_province_code TEXT,
    permanent_residence_district_code TEXT,
    permanent_residence_commune_code TEXT,
    permanent_residence_valid_on {DATE},
    permanent_residence_current_equivalent TEXT,
    current_residence_as_written TEXT,
    current_residence_model TEXT,
    current_residence_detail TEXT,
    current_residence_province_code TEXT,
    current_residence_district_code TEXT,
    current_residence_commune_code TEXT,
    current_residence_valid_on {DATE},
    current_residence_current_equivalent TEXT
) {STRICT};

CREATE TABLE s_contact (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    mobile_phone TEXT,
    office_phone TEXT,
    home_phone TEXT,
    official_email TEXT,
    personal_email TEXT,
    social_accounts TEXT,
    emergency_contact TEXT
) {STRICT};

CREATE TABLE s_insurance_tax_bank (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    social_insurance_number TEXT,
    social_insurance_issue_date {DATE},
    health_insurance_number TEXT,
    tax_code TEXT,
    bank_account TEXT,
    bank_name TEXT
) {STRICT};

CREATE TABLE s_family_background (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    family_origin TEXT
) {STRICT};

CREATE TABLE s_policy_status (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    policy_category TEXT,
    war_invalid_class TEXT,
    invalid_rate {INT},
    invalid_book_number TEXT,
    injury_form TEXT,
    disability TEXT
) {STRICT};

CREATE TABLE s_recruitment (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    job_before_recruitment TEXT,
    first_recruitment_date {DATE},
    recruiting_body TEXT,
    later_recruitment_date {DATE},
    recruitment_method TEXT,
    recruitment_source TEXT,
    recruitment_position TEXT,
    first_work_date {DATE},
    first_contract_date {DATE},
    current_unit_join_date {DATE},
    revolution_date {KEY}
) {STRICT};

CREATE TABLE s_probation (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    start_date {DATE},
    end_date {DATE},
    salary_percent {INT},
    mentor TEXT,
    result TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_probation_of_dossier ON s_probation (dossier_id);

CREATE TABLE s_current_position (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    unit TEXT,
    department TEXT,
    position TEXT,
    appointed_on {DATE},
    reappointed_on {DATE},
    term_end_on {DATE},
    planned_title TEXT,
    concurrent_position TEXT,
    party_position TEXT,
    party_concurrent_position TEXT,
    main_work TEXT,
    job_position_name TEXT,
    job_position_code TEXT,
    work_field TEXT,
    strength TEXT,
    longest_work TEXT,
    managed_by TEXT
) {STRICT};

CREATE TABLE s_rank_current (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    rank_code TEXT,
    rank_name TEXT,
    rank_appointed_on {DATE},
    job_grade {INT}
) {STRICT};

CREATE TABLE s_rank_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    event TEXT,
    rank_code TEXT,
    effective_date {DATE},
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_rank_history_of_dossier ON s_rank_history (dossier_id);

CREATE TABLE s_salary_current (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    salary_scheme TEXT,
    grade_step {INT},
    coefficient {INT},
    grade_effective_date {DATE},
    salary_percent {INT},
    overgrade_percent {INT},
    overgrade_effective_date {DATE},
    job_salary_amount {INT},
    job_salary_step {INT},
    job_salary_date {DATE},
    retained_difference {INT},
    position_allowance {INT},
    concurrent_allowance {INT},
    other_allowance TEXT,
    next_raise_due {DATE}
) {STRICT};

CREATE TABLE s_salary_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    rank_code TEXT,
    grade_step {INT},
    coefficient {INT},
    job_salary_amount {INT},
    overgrade_percent {INT},
    raise_kind TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_salary_history_of_dossier ON s_salary_history (dossier_id);

CREATE TABLE s_allowance_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    allowance_type TEXT,
    from_date {KEY},
    to_date {KEY},
    percent {INT},
    coefficient {INT},
    mode TEXT,
    amount {INT},
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_allowance_history_of_dossier ON s_allowance_history (dossier_id);

CREATE TABLE s_education_summary (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    general_education TEXT,
    highest_qualification TEXT,
    highest_qualification_major TEXT,
    academic_title TEXT,
    academic_title_year {INT},
    political_theory TEXT,
    state_management TEXT,
    economic_management TEXT,
    professional_level TEXT,
    foreign_language TEXT,
    foreign_language_level TEXT,
    it_level TEXT,
    ethnic_language TEXT,
    defence_security_group TEXT
) {STRICT};

CREATE TABLE s_degree_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    institution TEXT,
    major TEXT,
    training_mode TEXT,
    qualification TEXT,
    classification TEXT,
    country TEXT,
    graduation_year {INT},
    diploma_number TEXT,
    funding TEXT,
    scan {INT}
) {STRICT};
CREATE INDEX s_degree_history_of_dossier ON s_degree_history (dossier_id);

CREATE TABLE s_political_training (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    institution TEXT,
    training_mode TEXT,
    level TEXT,
    scan {INT}
) {STRICT};
CREATE INDEX s_political_training_of_dossier ON s_political_training (dossier_id);

CREATE TABLE s_professional_courses (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    institution TEXT,
    course_kind TEXT,
    certificate TEXT,
    scan {INT}
) {STRICT};
CREATE INDEX s_professional_courses_of_dossier ON s_professional_courses (dossier_id);

CREATE TABLE s_defence_security_courses (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    institution TEXT,
    security_group TEXT,
    certificate TEXT
) {STRICT};
CREATE INDEX s_defence_security_courses_of_dossier ON s_defence_security_courses (dossier_id);

CREATE TABLE s_it_certificates (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    institution TEXT,
    certificate TEXT
) {STRICT};
CREATE INDEX s_it_certificates_of_dossier ON s_it_certificates (dossier_id);

CREATE TABLE s_language_certificates (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    institution TEXT,
    language TEXT,
    certificate TEXT,
    score {INT},
    expiry_date {DATE}
) {STRICT};
CREATE INDEX s_language_certificates_of_dossier ON s_language_certificates (dossier_id);

CREATE TABLE s_party_membership (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    is_member {BOOL},
    admitted_on {DATE},
    official_on {DATE},
    admitted_at TEXT,
    card_number TEXT,
    party_cell TEXT,
    left_on {DATE},
    left_reason TEXT
) {STRICT};

CREATE TABLE s_organisations (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    organisation TEXT,
    joined_on {KEY},
    role TEXT,
    is_first {BOOL}
) {STRICT};
CREATE INDEX s_organisations_of_dossier ON s_organisations (dossier_id);

CREATE TABLE s_youth_union (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    joined_on {KEY},
    position TEXT
) {STRICT};

CREATE TABLE s_elected_bodies (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    body TEXT,
    term TEXT,
    from_date {DATE},
    to_date {DATE}
) {STRICT};
CREATE INDEX s_elected_bodies_of_dossier ON s_elected_bodies (dossier_id);

CREATE TABLE s_military_service (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    enlisted_on {DATE},
    discharged_on {DATE},
    highest_rank TEXT,
    highest_position TEXT
) {STRICT};

CREATE TABLE s_state_titles (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    title TEXT,
    year {INT},
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_state_titles_of_dossier ON s_state_titles (dossier_id);

CREATE TABLE s_rewards (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    year {INT},
    professional_rating TEXT,
    emulation_title TEXT,
    reward_form TEXT,
    content TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_rewards_of_dossier ON s_rewards (dossier_id);

CREATE TABLE s_disciplines (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    system TEXT,
    form TEXT,
    from_date {KEY},
    to_date {KEY},
    violation TEXT,
    authority TEXT,
    salary_delay_months {INT},
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_disciplines_of_dossier ON s_disciplines (dossier_id);

CREATE TABLE s_health (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    health_status TEXT,
    height_cm {INT},
    weight_kg {INT},
    blood_group TEXT
) {STRICT};

CREATE TABLE s_work_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    unit_text TEXT,
    position_text TEXT,
    event TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_work_history_of_dossier ON s_work_history (dossier_id);

CREATE TABLE s_position_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    position TEXT,
    unit_text TEXT,
    form TEXT,
    from_date {DATE},
    term_end_on {DATE},
    to_date {DATE},
    end_reason TEXT,
    allowance_coefficient {INT},
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_position_history_of_dossier ON s_position_history (dossier_id);

CREATE TABLE s_secondments (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    kind TEXT,
    from_unit TEXT,
    to_unit TEXT,
    from_date {DATE},
    to_date {DATE},
    reason TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_secondments_of_dossier ON s_secondments (dossier_id);

CREATE TABLE s_planning (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    title TEXT,
    term TEXT,
    approved_on {DATE},
    removed_on {DATE},
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_planning_of_dossier ON s_planning (dossier_id);

CREATE TABLE s_personal_history (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    arrest_history TEXT,
    self_assessment TEXT
) {STRICT};

CREATE TABLE s_old_regime_service (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    detail TEXT
) {STRICT};
CREATE INDEX s_old_regime_service_of_dossier ON s_old_regime_service (dossier_id);

CREATE TABLE s_foreign_organisation_ties (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {KEY},
    to_date {KEY},
    detail TEXT
) {STRICT};
CREATE INDEX s_foreign_organisation_ties_of_dossier ON s_foreign_organisation_ties (dossier_id);

CREATE TABLE s_relatives_abroad (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    relation TEXT,
    full_name TEXT,
    country TEXT,
    detail TEXT
) {STRICT};
CREATE INDEX s_relatives_abroad_of_dossier ON s_relatives_abroad (dossier_id);

CREATE TABLE s_overseas_stays (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_date {DATE},
    to_date {DATE},
    country TEXT,
    purpose TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_overseas_stays_of_dossier ON s_overseas_stays (dossier_id);

CREATE TABLE s_family_own (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    relation TEXT,
    full_name TEXT,
    birth_year {KEY},
    is_deceased {BOOL},
    hometown TEXT,
    occupation TEXT,
    residence TEXT,
    memberships TEXT,
    old_regime_or_record TEXT,
    person_id_number TEXT,
    is_tax_dependant {BOOL}
) {STRICT};
CREATE INDEX s_family_own_of_dossier ON s_family_own (dossier_id);

CREATE TABLE s_family_spouse (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    relation TEXT,
    full_name TEXT,
    birth_year {KEY},
    hometown TEXT,
    occupation TEXT,
    residence TEXT,
    memberships TEXT,
    old_regime_or_record TEXT
) {STRICT};
CREATE INDEX s_family_spouse_of_dossier ON s_family_spouse (dossier_id);

CREATE TABLE s_economic_circumstances (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    salary_income TEXT,
    other_income TEXT,
    allocated_house_type TEXT,
    allocated_house_area {INT},
    allocated_house_certificate TEXT,
    own_house_type TEXT,
    own_house_area {INT},
    own_house_certificate TEXT,
    allocated_land_area {INT},
    allocated_land_certificate TEXT,
    own_land_area {INT},
    own_land_certificate TEXT,
    production_land TEXT
) {STRICT};

CREATE TABLE s_evaluations (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    period_kind TEXT,
    year {INT},
    period_number {INT},
    score {INT},
    grade TEXT,
    party_grade TEXT,
    comment TEXT,
    form_scan {INT}
) {STRICT};
CREATE INDEX s_evaluations_of_dossier ON s_evaluations (dossier_id);

CREATE TABLE s_agency_comment (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL UNIQUE REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    comment TEXT
) {STRICT};

CREATE TABLE s_contracts (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    contract_type TEXT,
    contract_number TEXT,
    signed_on {DATE},
    employer_signatory TEXT,
    start_date {DATE},
    end_date {DATE},
    probation_until {DATE},
    job_title TEXT,
    work_place TEXT,
    working_time TEXT,
    salary_terms TEXT,
    allowance_terms TEXT,
    insurance_terms TEXT,
    protective_equipment TEXT,
    training_terms TEXT,
    annexes TEXT,
    ended_on {DATE},
    end_reason TEXT,
    scan {INT}
) {STRICT};
CREATE INDEX s_contracts_of_dossier ON s_contracts (dossier_id);

CREATE TABLE s_research (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    period TEXT,
    title TEXT,
    level TEXT,
    role TEXT,
    result TEXT
) {STRICT};
CREATE INDEX s_research_of_dossier ON s_research (dossier_id);

CREATE TABLE s_officer_card (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    officer_number TEXT,
    card_number TEXT,
    issued_on {DATE},
    reason TEXT,
    revoked_on {DATE}
) {STRICT};
CREATE INDEX s_officer_card_of_dossier ON s_officer_card (dossier_id);

CREATE TABLE s_termination (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    kind TEXT,
    effective_date {DATE},
    expected_retirement_date {DATE},
    receiving_body TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT
) {STRICT};
CREATE INDEX s_termination_of_dossier ON s_termination (dossier_id);

CREATE TABLE s_decisions (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    decision_type TEXT,
    number TEXT,
    signed_on {DATE},
    effective_on {DATE},
    issuing_body TEXT,
    signer TEXT,
    summary TEXT,
    scan {INT},
    revoked_on {DATE},
    revoke_reason TEXT
) {STRICT};
CREATE INDEX s_decisions_of_dossier ON s_decisions (dossier_id);

CREATE TABLE s_documents (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    document_type TEXT,
    title TEXT,
    document_date {DATE},
    file {INT},
    verified_by TEXT,
    verified_on {DATE}
) {STRICT};
CREATE INDEX s_documents_of_dossier ON s_documents (dossier_id);

CREATE TABLE s_supplement_forms (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    period_from {DATE},
    period_to {DATE},
    changes TEXT,
    evidence {INT},
    submitted_on {DATE},
    approved_on {DATE}
) {STRICT};
CREATE INDEX s_supplement_forms_of_dossier ON s_supplement_forms (dossier_id);

CREATE TABLE s_dossier_transfers (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    from_unit TEXT,
    to_unit TEXT,
    decision_number TEXT,
    decision_signed_on {DATE},
    decision_issuing_body TEXT,
    decision_signer TEXT,
    sent_on {DATE},
    received_on {DATE},
    item_list TEXT,
    sealed_by TEXT,
    received_by TEXT
) {STRICT};
CREATE INDEX s_dossier_transfers_of_dossier ON s_dossier_transfers (dossier_id);

CREATE TABLE s_access_log (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    ordinal {INT} NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    own_fields {JSON},
    person TEXT,
    permission TEXT,
    purpose TEXT,
    accessed_at {DATE},
    scope TEXT
) {STRICT};
CREATE INDEX s_access_log_of_dossier ON s_access_log (dossier_id);
