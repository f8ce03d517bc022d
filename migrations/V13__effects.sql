-- What a decision does to the people it names, when it took effect, and how it was withdrawn.
ALTER TABLE decisions ADD COLUMN effect {KEY};
ALTER TABLE decisions ADD COLUMN delegation TEXT;
ALTER TABLE decisions ADD COLUMN withdrawal_asked_by TEXT;
ALTER TABLE decisions ADD COLUMN withdrawal_asked_at {INSTANT};
ALTER TABLE decisions ADD COLUMN withdrawal_reason TEXT;
ALTER TABLE decisions ADD COLUMN withdrawn_by TEXT;
ALTER TABLE decisions ADD COLUMN withdrawn_on {DATE};
ALTER TABLE decision_people ADD COLUMN typed {JSON};
ALTER TABLE decision_people ADD COLUMN applied_on {DATE};
CREATE INDEX decisions_to_apply ON decisions (effective_on, id) WHERE effect IS NOT NULL;
CREATE INDEX decisions_to_withdraw ON decisions (unit_path, id) WHERE withdrawal_asked_at IS NOT NULL AND withdrawn_on IS NULL;
