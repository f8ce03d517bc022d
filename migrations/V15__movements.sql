-- Where a dossier has to go by a decision, before anybody sent it: who keeps it, where the person works from then on, and whether the
-- receiver asked for it. A person who leaves has a movement that ends where they were.
CREATE TABLE movements (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    from_unit_id {ID} NOT NULL REFERENCES units (id),
    from_unit_path {KEY} NOT NULL,
    to_unit_id {ID} NOT NULL REFERENCES units (id),
    to_unit_path {KEY} NOT NULL,
    kind {KEY} NOT NULL CHECK (kind IN ('between', 'internal', 'leave')),
    full_name TEXT NOT NULL,
    birth_date TEXT,
    decision_id {ID} NOT NULL REFERENCES decisions (id),
    number TEXT NOT NULL,
    signed_on {DATE} NOT NULL,
    effective_on {DATE} NOT NULL,
    body TEXT NOT NULL,
    asked_by TEXT,
    asked_on {DATE},
    transfer_id {ID} REFERENCES transfers (id),
    state {KEY} NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled')),
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX movements_of_transfer ON movements (transfer_id);
CREATE INDEX movements_of_dossier ON movements (dossier_id, state);
CREATE INDEX movements_of_decision ON movements (decision_id);
CREATE INDEX movements_from ON movements (from_unit_path, id) WHERE state = 'waiting';
CREATE INDEX movements_to ON movements (to_unit_path, id) WHERE state = 'waiting';
ALTER TABLE decisions ADD COLUMN receiving_unit_id {ID};
ALTER TABLE decisions ADD COLUMN relief TEXT;

-- When the thing declared became known: the sheet was received, or the fact itself changed; and what Home Affairs did with what a unit
-- approved.
ALTER TABLE declarations ADD COLUMN fact_on {DATE};
ALTER TABLE declarations ADD COLUMN accepted_by TEXT;
ALTER TABLE declarations ADD COLUMN accepted_on {DATE};
CREATE INDEX declarations_approved ON declarations (approved_on, id) WHERE state = 'approved' AND accepted_on IS NULL;

-- Who may do a duty of a unit's head for a time, by which paper.
CREATE TABLE delegations (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    unit_id {ID} NOT NULL REFERENCES units (id),
    unit_path {KEY} NOT NULL,
    duty {KEY} NOT NULL,
    account_id {ID} NOT NULL REFERENCES accounts (id),
    account_name TEXT NOT NULL,
    on_behalf_of TEXT NOT NULL,
    document_number TEXT NOT NULL,
    document_signed_on {DATE} NOT NULL,
    document_issuer TEXT NOT NULL,
    from_on {DATE} NOT NULL,
    until_on {DATE},
    ended_by TEXT,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX delegations_of_account ON delegations (account_id);
CREATE INDEX delegations_by_unit ON delegations (unit_path, id);

-- Who went through a dossier before something is decided on it; it stands until the dossier is written again.
CREATE TABLE record_checks (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    dossier_id {ID} NOT NULL REFERENCES dossiers (id),
    checked_by TEXT NOT NULL,
    checked_on {DATE} NOT NULL,
    note TEXT NOT NULL,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX record_checks_of_dossier ON record_checks (dossier_id, id);
