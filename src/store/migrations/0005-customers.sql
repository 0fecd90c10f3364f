-- What the front desk keeps of a customer beside the first booking, and what lets a book of 100,000
-- customers be searched, sorted and counted at once.

-- tags: JSON array of text. provider_id: whom they like to see. do_not_book: why not, NULL for no
-- reason. merged_into: the customer whose second record this was. screened_*: the last change of
-- allergies, medicines, contraindications or pregnancy.
ALTER TABLE customers ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE customers ADD COLUMN provider_id TEXT REFERENCES providers (id);
ALTER TABLE customers ADD COLUMN vip INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN do_not_book TEXT;
ALTER TABLE customers ADD COLUMN merged_into TEXT;
ALTER TABLE customers ADD COLUMN erased_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN screened_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN screened_by TEXT;
CREATE INDEX customers_by_email ON customers (lower (email)) WHERE email IS NOT NULL;
CREATE INDEX customers_by_birthday ON customers (born) WHERE born IS NOT NULL;
CREATE INDEX customers_by_household ON customers (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE consents ADD COLUMN withdrawn_us INTEGER NOT NULL DEFAULT 0;

-- Two records that look alike and are known to be two persons.
CREATE TABLE customer_pairs (
  id TEXT PRIMARY KEY NOT NULL,
  one_id TEXT NOT NULL REFERENCES customers (id),
  other_id TEXT NOT NULL REFERENCES customers (id),
  at_us INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX customer_pairs_by_one ON customer_pairs (one_id, other_id);

CREATE INDEX tasks_by_customer ON tasks (customer_id, created_us) WHERE customer_id IS NOT NULL;
CREATE INDEX consultations_by_customer ON consultations (customer_id, start_us);
CREATE INDEX message_outbox_by_customer ON message_outbox (customer_id, created_us) WHERE customer_id IS NOT NULL;
CREATE INDEX waitlist_by_customer ON waitlist (customer_id);

-- Counted from the appointments, kept by triggers, never sent anywhere. booked_us: the latest start
-- of an appointment that is still to come or under way.
CREATE TABLE customer_figures (
  customer_id TEXT PRIMARY KEY NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  visits INTEGER NOT NULL DEFAULT 0,
  last_visit_us INTEGER NOT NULL DEFAULT 0,
  booked_us INTEGER NOT NULL DEFAULT 0,
  spent_cents INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

INSERT INTO customer_figures (customer_id, visits, last_visit_us, booked_us, spent_cents)
  SELECT customer_id, count(*) FILTER (WHERE status = 'done'),
    coalesce (max (start_us) FILTER (WHERE status = 'done'), 0),
    coalesce (max (start_us) FILTER (WHERE status NOT IN ('done', 'no-show', 'cancelled')), 0),
    coalesce (sum (price_cents) FILTER (WHERE status = 'done'), 0)
  FROM appointments GROUP BY customer_id;

-- One line for each change that a search must know of: the program keeps what is searched in memory
-- and reads again what stands here after the line it read last. Emptied whenever the book is opened;
-- a program that has missed lines reads all customers again.
CREATE TABLE customer_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  rid INTEGER NOT NULL
);
CREATE TRIGGER customer_changes_insert AFTER INSERT ON customers BEGIN
  INSERT INTO customer_changes (rid) VALUES (new.rid);
END;
CREATE TRIGGER customer_changes_update AFTER UPDATE ON customers BEGIN
  INSERT INTO customer_changes (rid) VALUES (new.rid);
END;
CREATE TRIGGER customer_changes_delete AFTER DELETE ON customers BEGIN
  INSERT INTO customer_changes (rid) VALUES (old.rid);
END;
CREATE TRIGGER customer_changes_figures_insert AFTER INSERT ON customer_figures BEGIN
  INSERT INTO customer_changes (rid) SELECT rid FROM customers WHERE id = new.customer_id;
END;
CREATE TRIGGER customer_changes_figures_update AFTER UPDATE ON customer_figures BEGIN
  INSERT INTO customer_changes (rid) SELECT rid FROM customers WHERE id = new.customer_id;
END;

CREATE TRIGGER customer_figures_insert AFTER INSERT ON appointments BEGIN
  INSERT INTO customer_figures (customer_id, visits, last_visit_us, booked_us, spent_cents)
    VALUES (new.customer_id, new.status = 'done', iif (new.status = 'done', new.start_us, 0),
      iif (new.status IN ('done', 'no-show', 'cancelled'), 0, new.start_us),
      iif (new.status = 'done', new.price_cents, 0))
    ON CONFLICT (customer_id) DO UPDATE SET visits = visits + excluded.visits,
      last_visit_us = max (last_visit_us, excluded.last_visit_us),
      booked_us = max (booked_us, excluded.booked_us),
      spent_cents = spent_cents + excluded.spent_cents;
END;
CREATE TRIGGER customer_figures_delete AFTER DELETE ON appointments BEGIN
  UPDATE customer_figures SET (visits, last_visit_us, booked_us, spent_cents) =
    (SELECT count(*) FILTER (WHERE status = 'done'),
       coalesce (max (start_us) FILTER (WHERE status = 'done'), 0),
       coalesce (max (start_us) FILTER (WHERE status NOT IN ('done', 'no-show', 'cancelled')), 0),
       coalesce (sum (price_cents) FILTER (WHERE status = 'done'), 0)
     FROM appointments WHERE customer_id = old.customer_id)
    WHERE customer_id = old.customer_id;
END;
CREATE TRIGGER customer_figures_update AFTER UPDATE OF customer_id, status, start_us, price_cents ON appointments BEGIN
  INSERT OR IGNORE INTO customer_figures (customer_id) VALUES (new.customer_id);
  UPDATE customer_figures SET (visits, last_visit_us, booked_us, spent_cents) =
    (SELECT count(*) FILTER (WHERE status = 'done'),
       coalesce (max (start_us) FILTER (WHERE status = 'done'), 0),
       coalesce (max (start_us) FILTER (WHERE status NOT IN ('done', 'no-show', 'cancelled')), 0),
       coalesce (sum (price_cents) FILTER (WHERE status = 'done'), 0)
     FROM appointments a WHERE a.customer_id = customer_figures.customer_id)
    WHERE customer_id IN (old.customer_id, new.customer_id);
END;

-- The journal is only appended to, but for one thing: what it says of a person who asked to be erased
-- is struck out, and when stands beside it.
ALTER TABLE journal ADD COLUMN redacted_us INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER journal_keeps_lines;
CREATE TRIGGER journal_keeps_lines BEFORE UPDATE ON journal
  WHEN new.redacted_us = 0 OR new.id <> old.id OR new.at_us <> old.at_us OR new.who <> old.who OR new.what <> old.what
    OR new.tbl IS NOT old.tbl OR new.row_id IS NOT old.row_id OR new.batch IS NOT old.batch OR new.undoes IS NOT old.undoes
BEGIN
  SELECT raise (ABORT, 'the journal is only appended to');
END;
