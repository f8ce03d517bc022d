CREATE TABLE roster (
    dossier_id {ID} PRIMARY KEY REFERENCES dossiers (id),
    unit_id {ID} NOT NULL REFERENCES units (id),
    unit_path {KEY} NOT NULL,
    state {KEY} NOT NULL,
    full_name {KEY},
    folded_name {KEY},
    sort_name {KEY},
    birth_date {KEY},
    born_on {DATE},
    gender {KEY},
    ethnicity {KEY},
    personal_id_number {KEY},
    officer_number {KEY},
    personnel_type {KEY},
    dossier_status {KEY},
    status_effective_date {DATE},
    unit_name {KEY},
    department {KEY},
    position {KEY},
    party_position {KEY},
    rank_code {KEY},
    rank_name {KEY},
    grade_step {INT},
    coefficient {INT},
    grade_effective_date {DATE},
    overgrade_percent {INT},
    next_raise_due {DATE},
    highest_qualification {KEY},
    major {KEY},
    political_theory {KEY},
    state_management {KEY},
    foreign_language {KEY},
    it_level {KEY},
    is_member {BOOL},
    party_admitted_on {DATE},
    first_recruitment_date {DATE},
    current_unit_join_date {DATE},
    appointed_on {DATE},
    term_end_on {DATE},
    social_insurance_number {KEY},
    mobile_phone {KEY},
    completeness {INT},
    changed_at {INSTANT}
) {STRICT};
CREATE INDEX roster_by_born_on ON roster (born_on, dossier_id);
CREATE INDEX roster_by_gender ON roster (gender, dossier_id);
CREATE INDEX roster_by_ethnicity ON roster (ethnicity, dossier_id);
CREATE INDEX roster_by_personal_id_number ON roster (personal_id_number, dossier_id);
CREATE INDEX roster_by_officer_number ON roster (officer_number, dossier_id);
CREATE INDEX roster_by_personnel_type ON roster (personnel_type, dossier_id);
CREATE INDEX roster_by_dossier_status ON roster (dossier_status, dossier_id);
CREATE INDEX roster_by_status_effective_date ON roster (status_effective_date, dossier_id);
CREATE INDEX roster_by_unit_name ON roster (unit_name, dossier_id);
CREATE INDEX roster_by_department ON roster (department, dossier_id);
CREATE INDEX roster_by_position ON roster (position, dossier_id);
CREATE INDEX roster_by_party_position ON roster (party_position, dossier_id);
CREATE INDEX roster_by_rank_code ON roster (rank_code, dossier_id);
CREATE INDEX roster_by_rank_name ON roster (rank_name, dossier_id);
CREATE INDEX roster_by_grade_step ON roster (grade_step, dossier_id);
CREATE INDEX roster_by_coefficient ON roster (coefficient, dossier_id);
CREATE INDEX roster_by_grade_effective_date ON roster (grade_effective_date, dossier_id);
CREATE INDEX roster_by_overgrade_percent ON roster (overgrade_percent, dossier_id);
CREATE INDEX roster_by_next_raise_due ON roster (next_raise_due, dossier_id);
CREATE INDEX roster_by_highest_qualification ON roster (highest_qualification, dossier_id);
CREATE INDEX roster_by_major ON roster (major, dossier_id);
CREATE INDEX roster_by_political_theory ON roster (political_theory, dossier_id);
CREATE INDEX roster_by_state_management ON roster (state_management, dossier_id);
CREATE INDEX roster_by_foreign_language ON roster (foreign_language, dossier_id);
CREATE INDEX roster_by_it_level ON roster (it_level, dossier_id);
CREATE INDEX roster_by_is_member ON roster (is_member, dossier_id);
CREATE INDEX roster_by_party_admitted_on ON roster (party_admitted_on, dossier_id);
CREATE INDEX roster_by_first_recruitment_date ON roster (first_recruitment_date, dossier_id);
CREATE INDEX roster_by_current_unit_join_date ON roster (current_unit_join_date, dossier_id);
CREATE INDEX roster_by_appointed_on ON roster (appointed_on, dossier_id);
CREATE INDEX roster_by_term_end_on ON roster (term_end_on, dossier_id);
CREATE INDEX roster_by_completeness ON roster (completeness, dossier_id);
CREATE INDEX roster_by_changed_at ON roster (changed_at, dossier_id);
CREATE INDEX roster_by_sort_name ON roster (sort_name, dossier_id, folded_name, state, unit_path);
CREATE INDEX roster_by_unit ON roster (unit_path, sort_name, dossier_id, folded_name, state);
CREATE INDEX roster_of_unit ON roster (unit_id);
CREATE INDEX roster_by_folded_name ON roster (folded_name, born_on);
CREATE INDEX roster_by_social_insurance_number ON roster (social_insurance_number);
CREATE UNIQUE INDEX roster_one_active ON roster (personal_id_number) WHERE state = 'active';
