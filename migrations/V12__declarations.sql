-- What a person proposes to change in the own dossier: the words as typed, the row as it was seen, and who checked and approved it.
CREATE TABLE declarations (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    section {KEY} NOT NULL,
    row_id {ID},
    row_version {INT} NOT NULL,
    proposed {JSON} NOT NULL,
    file_id {ID} REFERENCES files (id),
    state {KEY} NOT NULL CHECK (state IN ('sent', 'returned', 'verified', 'approved', 'withdrawn')),
    made_by TEXT NOT NULL,
    checked_by TEXT,
    checked_on {DATE},
    approved_by TEXT,
    approved_on {DATE},
    reason TEXT,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX declarations_of_dossier ON declarations (dossier_id, state);
CREATE INDEX declarations_waiting ON declarations (state, id) WHERE state IN ('sent', 'verified');
