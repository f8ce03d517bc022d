-- Who went through the dossiers of a unit, when, and what stood there then.
CREATE TABLE reviews (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    unit_id {ID} NOT NULL REFERENCES units (id),
    unit_path {KEY} NOT NULL,
    reviewed_on {DATE} NOT NULL,
    reviewed_by TEXT NOT NULL,
    kept {INT} NOT NULL,
    incomplete {INT} NOT NULL,
    differing {INT} NOT NULL,
    note TEXT NOT NULL,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX reviews_by_unit ON reviews (unit_path, reviewed_on, id);
