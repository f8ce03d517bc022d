CREATE TABLE own_codes (
    id {ID} PRIMARY KEY,
    version {INT} NOT NULL,
    catalogue {KEY} NOT NULL,
    code {KEY} NOT NULL,
    label_vi TEXT NOT NULL,
    basis TEXT NOT NULL,
    from_on {DATE} NOT NULL,
    until_on {DATE},
    UNIQUE (catalogue, code)
) {STRICT};
