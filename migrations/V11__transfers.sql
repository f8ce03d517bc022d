-- What goes with a transfer: whose dossier it is, the paper it rests on, who sent and who ended it. An internal move is a transfer that is
-- accepted as it is sent. The name travels along so that the unit to which it goes knows who comes.
ALTER TABLE transfers ADD COLUMN kind {KEY};
ALTER TABLE transfers ADD COLUMN full_name TEXT;
ALTER TABLE transfers ADD COLUMN birth_date TEXT;
ALTER TABLE transfers ADD COLUMN decision_number TEXT;
ALTER TABLE transfers ADD COLUMN decision_signed_on {DATE};
ALTER TABLE transfers ADD COLUMN decision_body TEXT;
ALTER TABLE transfers ADD COLUMN file_id {ID};
ALTER TABLE transfers ADD COLUMN sent_by TEXT;
ALTER TABLE transfers ADD COLUMN sent_at {INSTANT};
ALTER TABLE transfers ADD COLUMN using_unit_id {ID};
ALTER TABLE transfers ADD COLUMN is_cancelled {BOOL};
ALTER TABLE transfers ADD COLUMN ended_by TEXT;
ALTER TABLE transfers ADD COLUMN ended_on {DATE};
ALTER TABLE transfers ADD COLUMN reason TEXT;
CREATE UNIQUE INDEX transfers_under_way ON transfers (dossier_id) WHERE state = 'sent';
