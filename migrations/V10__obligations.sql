-- What a unit owes by a day: opened by an event, ended when the thing is done or falls away. from_unit is where the event happened,
-- to_unit who must act; about_* is the row that the duty rests on.
CREATE TABLE obligations (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    from_unit_id {ID} NOT NULL REFERENCES units (id),
    from_unit_path {KEY} NOT NULL,
    to_unit_id {ID} NOT NULL REFERENCES units (id),
    to_unit_path {KEY} NOT NULL,
    dossier_id {ID} REFERENCES dossiers (id),
    event {KEY} NOT NULL,
    regulation {KEY} NOT NULL,
    about_table {KEY} NOT NULL,
    about_id {ID} NOT NULL,
    counted_from {DATE} NOT NULL,
    due_on {DATE} NOT NULL,
    remind_on {DATE} NOT NULL,
    article {KEY} NOT NULL,
    silent {BOOL} NOT NULL,
    provisional {BOOL} NOT NULL,
    state {KEY} NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
    ended_on {DATE},
    ended_by TEXT,
    created_at {INSTANT} NOT NULL
) {STRICT};
CREATE INDEX obligations_open ON obligations (due_on, id, to_unit_path, from_unit_path, event) WHERE state = 'open';
CREATE INDEX obligations_open_by_unit ON obligations (to_unit_path, due_on, id, from_unit_path, event) WHERE state = 'open';
CREATE INDEX obligations_about ON obligations (about_table, about_id);
CREATE INDEX obligations_of_dossier ON obligations (dossier_id, state);
CREATE INDEX obligations_ended ON obligations (to_unit_path, ended_on) WHERE state = 'done';
