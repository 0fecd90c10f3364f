-- Changes that can be taken back, looked at later, and followed through the day.
-- Lines of one transaction share a batch, the id of its first line; "undoes" is the batch that it took back.
ALTER TABLE journal ADD COLUMN batch INTEGER;
ALTER TABLE journal ADD COLUMN undoes INTEGER;
CREATE INDEX journal_by_batch ON journal (batch) WHERE batch IS NOT NULL;
CREATE INDEX journal_by_undone ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX journal_by_key ON journal (key) WHERE key IS NOT NULL;

-- Where appointments once were: for the book as it was on a day that they have left.
CREATE INDEX journal_by_old_start ON journal (json_extract (before, '$.start_us'))
  WHERE tbl = 'appointments' AND before IS NOT NULL;

-- The day's flow: when each step began, 0 while it has not.
ALTER TABLE appointments ADD COLUMN arrived_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN in_room_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN done_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN cancel_reason TEXT;
