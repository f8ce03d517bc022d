ALTER TABLE roster ADD COLUMN contract_type {KEY};
UPDATE roster SET contract_type = (
    SELECT c.contract_type FROM s_contracts c WHERE c.dossier_id = roster.dossier_id
    ORDER BY c.start_date DESC NULLS LAST, c.ordinal DESC LIMIT 1
);
CREATE INDEX roster_by_contract_type ON roster (contract_type, dossier_id);
-- Counts by unit and kind of staff are read from this index alone, in its order; those by quality from it alone.
CREATE INDEX roster_for_counts ON roster (
    state, unit_path, personnel_type, contract_type, dossier_status, completeness,
    gender, is_member, highest_qualification, political_theory, state_management
);

-- What a decision assigns to one unit, everything below it included.
CREATE TABLE quotas (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    unit_id {ID} NOT NULL REFERENCES units (id),
    unit_path {KEY} NOT NULL,
    kind {KEY} NOT NULL,
    year {INT} NOT NULL,
    assigned {INT} NOT NULL CHECK (assigned >= 0),
    decision_number {KEY} NOT NULL,
    decision_signed_on {DATE} NOT NULL,
    decision_issuer TEXT NOT NULL,
    recorded_at {INSTANT} NOT NULL,
    UNIQUE (unit_id, kind, year, decision_number, decision_signed_on)
) {STRICT};
CREATE INDEX quotas_by_unit ON quotas (unit_path, kind, year);

-- How many people a unit says it has, inner sections included.
CREATE TABLE headcount_reports (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    unit_id {ID} NOT NULL REFERENCES units (id),
    unit_path {KEY} NOT NULL,
    as_of {DATE} NOT NULL,
    present {INT} NOT NULL CHECK (present >= 0),
    account_id {ID} NOT NULL REFERENCES accounts (id),
    reported_by TEXT NOT NULL,
    recorded_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX headcount_reports_by_unit ON headcount_reports (unit_path, as_of);
