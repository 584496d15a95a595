-- Times are milliseconds since 1970, of the account's clock.

CREATE TABLE IF NOT EXISTS message (
    number             INTEGER PRIMARY KEY AUTOINCREMENT,
    queue              TEXT NOT NULL,
    body               TEXT NOT NULL,
    attributes         TEXT NOT NULL,            -- JSON, as it was sent
    sent_at            INTEGER NOT NULL,
    visible_at         INTEGER NOT NULL,
    receive_count      INTEGER NOT NULL DEFAULT 0,
    first_received_at  INTEGER,
    dead_letter_source TEXT                      -- the queue from which it was moved
);
CREATE INDEX IF NOT EXISTS message_due ON message (queue, visible_at, number);

CREATE TABLE IF NOT EXISTS mail (
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id        TEXT NOT NULL UNIQUE,
    accepted_at       INTEGER NOT NULL,
    source            TEXT NOT NULL,
    recipients        TEXT NOT NULL,             -- JSON
    tags              TEXT NOT NULL,             -- JSON
    configuration_set TEXT,
    raw               BLOB                       -- NULL once forgotten
);
CREATE TABLE IF NOT EXISTS mail_recipient (
    address TEXT NOT NULL,
    number  INTEGER NOT NULL REFERENCES mail,
    PRIMARY KEY (address, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mail_tag (
    name   TEXT NOT NULL,
    value  TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES mail,
    PRIMARY KEY (name, value, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS mail_event (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    due_at   INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    dead     INTEGER NOT NULL DEFAULT 0,         -- 1: no attempt follows
    message  TEXT NOT NULL                       -- the JSON that SES publishes
);
CREATE INDEX IF NOT EXISTS mail_event_due ON mail_event (dead, due_at, number);
