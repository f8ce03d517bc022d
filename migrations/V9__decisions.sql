-- Decisions as they were entered: once, by one unit, whoever they name. same_key is number and issuing body without marks and
-- blanks, to know the same paper typed by another hand; folded is what is searched, without diacritics.
CREATE TABLE decisions (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    unit_id {ID} NOT NULL REFERENCES units (id),
    unit_path {KEY} NOT NULL,
    decision_type {KEY} NOT NULL,
    number TEXT NOT NULL,
    signed_on {DATE} NOT NULL,
    effective_on {DATE} NOT NULL,
    issuing_body TEXT NOT NULL,
    signer TEXT,
    summary TEXT NOT NULL,
    same_key {KEY} NOT NULL,
    folded TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX decisions_by_unit ON decisions (unit_path, signed_on, id);
CREATE INDEX decisions_by_day ON decisions (signed_on, id);
CREATE INDEX decisions_alike ON decisions (same_key, signed_on);

-- Whom a decision names: the row that stands for it in the dossier, and the scan there.
CREATE TABLE decision_people (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    decision_id {ID} NOT NULL REFERENCES decisions (id),
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    row_id {ID} NOT NULL,
    file_id {ID} NOT NULL REFERENCES files (id),
    UNIQUE (decision_id, dossier_id)
) {STRICT};
CREATE INDEX decision_people_of_dossier ON decision_people (dossier_id);
