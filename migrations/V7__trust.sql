CREATE TABLE discrepancies (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    section {KEY} NOT NULL,
    field {KEY},
    words TEXT NOT NULL,
    state {KEY} NOT NULL CHECK (state IN ('open', 'settled')),
    outcome {KEY} CHECK (outcome IN ('corrected', 'rejected')),
    reason TEXT,
    opened_by TEXT NOT NULL,
    created_at {INSTANT} NOT NULL,
    settled_by TEXT,
    settled_at {INSTANT}
) {STRICT};
CREATE INDEX discrepancies_of_dossier ON discrepancies (dossier_id, state);
CREATE INDEX discrepancies_open ON discrepancies (id) WHERE state = 'open';

CREATE TABLE consents (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    account_id {ID} NOT NULL REFERENCES accounts (id),
    level {KEY} NOT NULL CHECK (level IN ('public-in-unit', 'personal', 'secret')),
    document_number TEXT NOT NULL,
    document_signed_on {DATE} NOT NULL,
    from_on {DATE} NOT NULL,
    until_on {DATE} NOT NULL,
    given_by TEXT NOT NULL,
    created_at {INSTANT} NOT NULL,
    withdrawn_at {INSTANT},
    withdrawn_by TEXT,
    withdrawn_reason TEXT
) {STRICT};
CREATE INDEX consents_of_dossier ON consents (dossier_id);
CREATE INDEX consents_of_account ON consents (account_id, until_on);

CREATE TABLE file_proofs (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    file_id {ID} NOT NULL UNIQUE REFERENCES files (id),
    signature {KEY} NOT NULL CHECK (signature IN ('none', 'intact', 'broken', 'unknown')),
    findings {JSON} NOT NULL,
    declared {KEY},
    declared_by TEXT,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX file_proofs_of_dossier ON file_proofs (dossier_id);
