-- A database of schema version 10 as it was released, with a row in each table that is read.
-- Frozen: it must open, migrate and read for ever.

CREATE TABLE settings (
  id TEXT PRIMARY KEY NOT NULL,
  value TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE locations (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  spoken_name TEXT NOT NULL,
  zone TEXT NOT NULL,
  currency TEXT NOT NULL DEFAULT 'USD',
  phone TEXT,
  address TEXT,
  directions TEXT,
  greeting TEXT,
  rank INTEGER NOT NULL DEFAULT 0,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

-- Lists (ways to say it, licences, kinds of room) are JSON arrays of text.
CREATE TABLE services (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  spoken TEXT NOT NULL DEFAULT '[]',
  category TEXT,
  description TEXT,
  price_cents INTEGER NOT NULL DEFAULT 0 CHECK (price_cents >= 0),
  pre_min INTEGER NOT NULL DEFAULT 0 CHECK (pre_min >= 0),
  active_min INTEGER NOT NULL CHECK (active_min > 0),
  processing_min INTEGER NOT NULL DEFAULT 0 CHECK (processing_min >= 0),
  post_min INTEGER NOT NULL DEFAULT 0 CHECK (post_min >= 0),
  licence TEXT,
  room_kind TEXT,
  consult_first INTEGER NOT NULL DEFAULT 0,
  consult_valid_days INTEGER NOT NULL DEFAULT 0,
  rank INTEGER NOT NULL DEFAULT 0,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE providers (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  spoken TEXT NOT NULL DEFAULT '[]',
  title TEXT,
  colour TEXT,
  licences TEXT NOT NULL DEFAULT '[]',
  rank INTEGER NOT NULL DEFAULT 0,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE provider_services (
  provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
  service_id TEXT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  PRIMARY KEY (provider_id, service_id)
) WITHOUT ROWID;

CREATE TABLE rooms (
  id TEXT PRIMARY KEY NOT NULL,
  location_id TEXT REFERENCES locations (id),
  name TEXT NOT NULL CHECK (name <> ''),
  kinds TEXT NOT NULL DEFAULT '[]',
  capacity INTEGER NOT NULL DEFAULT 1,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

-- owner_id: a provider, or NULL for the location.
CREATE TABLE hours (
  id TEXT PRIMARY KEY NOT NULL,
  owner_id TEXT REFERENCES providers (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  open_min INTEGER NOT NULL CHECK (open_min BETWEEN 0 AND 1440),
  close_min INTEGER NOT NULL CHECK (close_min BETWEEN 0 AND 1440),
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE hours_exceptions (
  id TEXT PRIMARY KEY NOT NULL,
  owner_id TEXT REFERENCES providers (id) ON DELETE CASCADE,
  date TEXT NOT NULL,
  open_min INTEGER NOT NULL CHECK (open_min BETWEEN 0 AND 1440),
  close_min INTEGER NOT NULL CHECK (close_min BETWEEN 0 AND 1440),
  reason TEXT,
  rev INTEGER NOT NULL DEFAULT 0
);

-- rid is what the search index points at; sort_name and search are folded to plain lower case.
CREATE TABLE customers (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  sort_name TEXT NOT NULL,
  search TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  email TEXT,
  born TEXT,
  allergies TEXT,
  medicines TEXT,
  contraindications TEXT,
  pregnant INTEGER NOT NULL DEFAULT 0,
  notes TEXT,
  household_id TEXT,
  created_us INTEGER NOT NULL,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX customers_by_name ON customers (sort_name, rid, archived_us, search);
CREATE INDEX customers_by_phone ON customers (phone);

CREATE VIRTUAL TABLE customers_fts USING fts5 (
  search, content = 'customers', content_rowid = 'rid', tokenize = 'trigram', detail = 'full'
);
CREATE TRIGGER customers_fts_insert AFTER INSERT ON customers BEGIN
  INSERT INTO customers_fts (rowid, search) VALUES (new.rid, new.search);
END;
CREATE TRIGGER customers_fts_delete AFTER DELETE ON customers BEGIN
  INSERT INTO customers_fts (customers_fts, rowid, search) VALUES ('delete', old.rid, old.search);
END;
CREATE TRIGGER customers_fts_update AFTER UPDATE OF search ON customers BEGIN
  INSERT INTO customers_fts (customers_fts, rowid, search) VALUES ('delete', old.rid, old.search);
  INSERT INTO customers_fts (rowid, search) VALUES (new.rid, new.search);
END;

CREATE TABLE consents (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  kind TEXT NOT NULL,
  given INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL DEFAULT 0,
  source TEXT,
  text TEXT,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX consents_by_customer ON consents (customer_id, kind, at_us);

CREATE TABLE safety_rules (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  condition TEXT NOT NULL,
  service_id TEXT REFERENCES services (id),
  action TEXT NOT NULL,
  say TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

-- No treatment occupies anyone for more than a day: range reads count on it.
CREATE TABLE appointments (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  service_id TEXT NOT NULL REFERENCES services (id),
  provider_id TEXT NOT NULL REFERENCES providers (id),
  room_id TEXT NOT NULL REFERENCES rooms (id),
  location_id TEXT REFERENCES locations (id),
  call_id TEXT,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL CHECK (end_us > start_us),
  busy_start_us INTEGER NOT NULL CHECK (busy_start_us <= start_us),
  busy_end_us INTEGER NOT NULL CHECK (busy_end_us >= end_us),
  price_cents INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'scheduled',
  source TEXT NOT NULL DEFAULT 'staff',
  notes TEXT,
  created_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0,
  CHECK (busy_end_us - busy_start_us <= 86400000000)
);
CREATE INDEX appointments_by_start ON appointments (start_us);
CREATE INDEX appointments_by_busy ON appointments (busy_start_us);
CREATE INDEX appointments_by_provider ON appointments (provider_id, busy_start_us);
CREATE INDEX appointments_by_room ON appointments (room_id, busy_start_us);
CREATE INDEX appointments_by_customer ON appointments (customer_id, start_us);

CREATE TABLE holds (
  id TEXT PRIMARY KEY NOT NULL,
  call_id TEXT NOT NULL,
  service_id TEXT NOT NULL REFERENCES services (id),
  provider_id TEXT NOT NULL REFERENCES providers (id),
  room_id TEXT NOT NULL REFERENCES rooms (id),
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL CHECK (end_us > start_us),
  busy_start_us INTEGER NOT NULL,
  busy_end_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL,
  created_us INTEGER NOT NULL
);
CREATE INDEX holds_by_call ON holds (call_id);

CREATE TABLE waitlist (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  service_id TEXT NOT NULL REFERENCES services (id),
  provider_id TEXT REFERENCES providers (id),
  from_us INTEGER NOT NULL DEFAULT 0,
  to_us INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT 'waiting',
  notes TEXT,
  created_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

-- One conversation by voice, text or email; what is special to a channel stands in its details.
CREATE TABLE conversations (
  id TEXT PRIMARY KEY NOT NULL,
  channel TEXT NOT NULL,
  customer_id TEXT REFERENCES customers (id),
  phone TEXT,
  status TEXT NOT NULL DEFAULT 'open',
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL DEFAULT 0,
  outcome TEXT,
  summary TEXT,
  satisfaction INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX conversations_by_start ON conversations (start_us);
CREATE INDEX conversations_by_customer ON conversations (customer_id, start_us);
CREATE INDEX conversations_open ON conversations (channel) WHERE end_us = 0;

-- opener: which running program leads the call, to tell a crash from a second window.
CREATE TABLE call_details (
  id TEXT PRIMARY KEY NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  line TEXT,
  agent TEXT,
  direction TEXT NOT NULL DEFAULT 'in',
  recording TEXT,
  opener TEXT,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE sms_details (
  id TEXT PRIMARY KEY NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  from_phone TEXT,
  to_phone TEXT,
  segments INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE email_details (
  id TEXT PRIMARY KEY NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  subject TEXT,
  from_address TEXT,
  to_address TEXT,
  rev INTEGER NOT NULL DEFAULT 0
);

-- id is the call's and the item's: items are only unique within their call.
CREATE TABLE transcript_items (
  id TEXT PRIMARY KEY NOT NULL,
  item_id TEXT NOT NULL,
  call_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  previous_id TEXT,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  interrupted INTEGER NOT NULL DEFAULT 0,
  heard_ms INTEGER NOT NULL DEFAULT 0,
  start_us INTEGER NOT NULL DEFAULT 0,
  end_us INTEGER NOT NULL DEFAULT 0,
  confidence REAL NOT NULL DEFAULT 1,
  source TEXT,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX transcript_items_by_call ON transcript_items (call_id, position);

CREATE TABLE communication_messages (
  id TEXT PRIMARY KEY NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  direction TEXT NOT NULL,
  author TEXT NOT NULL,
  body TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'received',
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX communication_messages_by_conversation
  ON communication_messages (conversation_id, at_us);

CREATE TABLE communication_events (
  id TEXT PRIMARY KEY NOT NULL,
  conversation_id TEXT,
  kind TEXT NOT NULL,
  data TEXT,
  at_us INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX communication_events_by_conversation
  ON communication_events (conversation_id, at_us);

-- Texts and emails that wait to be sent.
CREATE TABLE message_outbox (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT REFERENCES customers (id),
  appointment_id TEXT REFERENCES appointments (id),
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'waiting',
  send_after_us INTEGER NOT NULL DEFAULT 0,
  expires_us INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  created_us INTEGER NOT NULL,
  sent_us INTEGER NOT NULL DEFAULT 0,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX message_outbox_waiting ON message_outbox (send_after_us) WHERE status = 'waiting';

CREATE TABLE tasks (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'open',
  name TEXT,
  phone TEXT,
  text TEXT,
  customer_id TEXT REFERENCES customers (id),
  call_id TEXT,
  created_us INTEGER NOT NULL,
  due_us INTEGER NOT NULL DEFAULT 0,
  done_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX tasks_open ON tasks (created_us) WHERE status = 'open';

CREATE TABLE campaigns (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  segment TEXT,
  template TEXT,
  status TEXT NOT NULL DEFAULT 'draft',
  start_us INTEGER NOT NULL DEFAULT 0,
  created_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE campaign_agents (
  id TEXT PRIMARY KEY NOT NULL,
  campaign_id TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  prompt TEXT,
  voice TEXT,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE campaign_recipients (
  campaign_id TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  status TEXT NOT NULL DEFAULT 'waiting',
  at_us INTEGER NOT NULL DEFAULT 0,
  conversation_id TEXT,
  PRIMARY KEY (campaign_id, customer_id)
) WITHOUT ROWID;

CREATE TABLE campaign_analytics (
  id TEXT PRIMARY KEY NOT NULL,
  campaign_id TEXT NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  sent INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0,
  booked INTEGER NOT NULL DEFAULT 0,
  cost_cents INTEGER NOT NULL DEFAULT 0,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE consultations (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  provider_id TEXT NOT NULL REFERENCES providers (id),
  appointment_id TEXT REFERENCES appointments (id),
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL DEFAULT 0,
  transcript TEXT,
  outcome TEXT,
  recording TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE insights (
  id TEXT PRIMARY KEY NOT NULL,
  consultation_id TEXT REFERENCES consultations (id) ON DELETE CASCADE,
  conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
  provider_id TEXT REFERENCES providers (id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  score REAL,
  created_us INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE metrics (
  id TEXT PRIMARY KEY NOT NULL,
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  owner_id TEXT,
  value REAL NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX metrics_by_day ON metrics (name, day);

-- Who did what and why: for undo, audit and looking back. Only ever appended to.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_us INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT,
  tbl TEXT,
  row_id TEXT,
  before TEXT,
  after TEXT,
  call_id TEXT,
  key TEXT
);
CREATE INDEX journal_by_row ON journal (tbl, row_id);
CREATE INDEX journal_by_call ON journal (call_id) WHERE call_id IS NOT NULL;
CREATE TRIGGER journal_keeps_lines BEFORE UPDATE ON journal BEGIN
  SELECT raise (ABORT, 'the journal is only appended to');
END;

-- The first answer to a key, given again when the key comes again.
CREATE TABLE answers (
  key TEXT NOT NULL,
  what TEXT NOT NULL,
  row_id TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY (key, what)
) WITHOUT ROWID;

-- One mutation per transaction, sent to the server in the order of seq, which is never reused.
CREATE TABLE sync_outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  hlc TEXT NOT NULL,
  ops TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending',
  rev INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  created_us INTEGER NOT NULL
);

CREATE TABLE sync_shadow (
  tbl TEXT NOT NULL,
  id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (tbl, id)
) WITHOUT ROWID;

CREATE TABLE sync_conflict (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  mine TEXT,
  theirs TEXT,
  blockers TEXT,
  state TEXT NOT NULL DEFAULT 'open',
  created_us INTEGER NOT NULL
);

CREATE TABLE sync_stage (
  tbl TEXT NOT NULL,
  id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  json TEXT,
  PRIMARY KEY (tbl, id)
) WITHOUT ROWID;

CREATE TABLE sync_state (
  k TEXT PRIMARY KEY NOT NULL,
  v
) WITHOUT ROWID;

INSERT INTO locations (id, name, spoken_name, zone, phone, greeting)
  VALUES ('loc-1', 'Golden Spa', 'Golden Spa', 'America/Chicago', '+13125550100', 'Hello.');
INSERT INTO services (id, name, spoken, price_cents, active_min, post_min, room_kind)
  VALUES ('svc-1', 'Facial', '["facial"]', 14500, 60, 10, 'treatment');
INSERT INTO providers (id, name, licences) VALUES ('prov-1', 'Ada Gold', '["laser"]');
INSERT INTO provider_services VALUES ('prov-1', 'svc-1');
INSERT INTO rooms (id, location_id, name, kinds) VALUES ('room-1', 'loc-1', 'Room', '["treatment"]');
INSERT INTO hours (id, weekday, open_min, close_min) VALUES ('h1', 1, 540, 1080);
INSERT INTO customers (id, name, sort_name, search, phone, created_us)
  VALUES ('cust-1', 'Inès Gold', 'ines gold', 'ines gold  +13125550101', '+13125550101', 1700000000000000);
INSERT INTO appointments (id, customer_id, service_id, provider_id, room_id, location_id, start_us, end_us,
  busy_start_us, busy_end_us, price_cents, status, created_us)
  VALUES ('app-1', 'cust-1', 'svc-1', 'prov-1', 'room-1', 'loc-1', 1700000000000000, 1700003600000000,
  1700000000000000, 1700004200000000, 14500, 'done', 1690000000000000);
INSERT INTO conversations (id, channel, customer_id, start_us, end_us, outcome)
  VALUES ('call-1', 'voice', 'cust-1', 1690000000000000, 1690000060000000, 'booked');
INSERT INTO journal (at_us, who, what, tbl, row_id) VALUES (1690000000000000, 'ava', 'appointment-booked',
  'appointments', 'app-1');
INSERT INTO sync_outbox (hlc, ops, created_us) VALUES ('0', '[]', 1690000000000000);

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

INSERT INTO journal (at_us, who, what, tbl, row_id, batch) VALUES (1700003700000000, 'staff:desk', 'appointment-status',
  'appointments', 'app-1', 2);
-- What one availability engine and one safety gate need: devices, groups, processing that frees the
-- provider, leave, licences that run out, locations with hours of their own, overrides, fees.

ALTER TABLE services ADD COLUMN device_kind TEXT;
ALTER TABLE services ADD COLUMN group_size INTEGER NOT NULL DEFAULT 1;
ALTER TABLE services ADD COLUMN deposit_cents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN cancel_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN cancel_fee_cents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN no_show_fee_cents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE providers ADD COLUMN licence_expiry TEXT NOT NULL DEFAULT '[]';
ALTER TABLE providers ADD COLUMN specialties TEXT NOT NULL DEFAULT '[]';
ALTER TABLE rooms ADD COLUMN is_device INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN location_id TEXT REFERENCES locations (id);
ALTER TABLE hours_exceptions ADD COLUMN location_id TEXT REFERENCES locations (id);
ALTER TABLE hours_exceptions ADD COLUMN last_date TEXT;

-- Roles, kinds and actions are stored by name.
ALTER TABLE safety_rules ADD COLUMN name TEXT;
ALTER TABLE safety_rules ADD COLUMN category TEXT;
ALTER TABLE safety_rules ADD COLUMN other_service_id TEXT REFERENCES services (id);
ALTER TABLE safety_rules ADD COLUMN other_category TEXT;
ALTER TABLE safety_rules ADD COLUMN days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE safety_rules ADD COLUMN licence TEXT;
ALTER TABLE safety_rules ADD COLUMN override_role TEXT NOT NULL DEFAULT 'none';
ALTER TABLE safety_rules ADD COLUMN approved_by TEXT;
ALTER TABLE safety_rules ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE safety_rules ADD COLUMN archived_us INTEGER NOT NULL DEFAULT 0;

-- active_end_us: from here to end_us it processes and the provider is free; 0 for end_us.
ALTER TABLE appointments ADD COLUMN device_id TEXT REFERENCES rooms (id);
ALTER TABLE appointments ADD COLUMN active_end_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN override_role TEXT;
ALTER TABLE appointments ADD COLUMN override_reason TEXT;
ALTER TABLE appointments ADD COLUMN deposit_cents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN fee_cents INTEGER NOT NULL DEFAULT 0;
CREATE INDEX appointments_by_device ON appointments (device_id, busy_start_us) WHERE device_id IS NOT NULL;
ALTER TABLE holds ADD COLUMN device_id TEXT REFERENCES rooms (id);
ALTER TABLE holds ADD COLUMN active_end_us INTEGER NOT NULL DEFAULT 0;

CREATE TABLE packages (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  service_ids TEXT NOT NULL DEFAULT '[]',
  price_cents INTEGER NOT NULL DEFAULT 0,
  valid_days INTEGER NOT NULL DEFAULT 0,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

-- Who waits for a freed time, packages that were sold and used, time that is blocked, and what came from
-- another calendar.

-- from_min, to_min: of the local day. An offer is held in "holds" for its entry until offer_until_us.
ALTER TABLE waitlist ADD COLUMN from_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE waitlist ADD COLUMN to_min INTEGER NOT NULL DEFAULT 1440;
ALTER TABLE waitlist ADD COLUMN hold_id TEXT;
ALTER TABLE waitlist ADD COLUMN offer_start_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE waitlist ADD COLUMN offer_until_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE waitlist ADD COLUMN appointment_id TEXT REFERENCES appointments (id);
CREATE INDEX waitlist_open ON waitlist (service_id, created_us) WHERE status IN ('waiting', 'offered');

-- What was sold, as it was then. The balance is never stored: it is this less the uses.
CREATE TABLE customer_packages (
  id TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  package_id TEXT REFERENCES packages (id),
  name TEXT NOT NULL,
  service_ids TEXT NOT NULL DEFAULT '[]',
  price_cents INTEGER NOT NULL DEFAULT 0,
  sold_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX customer_packages_by_customer ON customer_packages (customer_id);

CREATE TABLE package_uses (
  id TEXT PRIMARY KEY NOT NULL,
  customer_package_id TEXT NOT NULL REFERENCES customer_packages (id),
  appointment_id TEXT NOT NULL UNIQUE REFERENCES appointments (id),
  service_id TEXT NOT NULL REFERENCES services (id),
  used_us INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX package_uses_by_package ON package_uses (customer_package_id);

ALTER TABLE appointments ADD COLUMN deposit_paid_cents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appointments ADD COLUMN fee_waiver TEXT;

-- Time of a provider or a room that is not for appointments; of any length.
CREATE TABLE blocks (
  id TEXT PRIMARY KEY NOT NULL,
  provider_id TEXT REFERENCES providers (id),
  room_id TEXT REFERENCES rooms (id),
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL CHECK (end_us > start_us),
  reason TEXT,
  created_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0,
  CHECK (provider_id IS NOT NULL OR room_id IS NOT NULL)
);
CREATE INDEX blocks_by_end ON blocks (end_us);

-- What a line or an event of a file became, so that the same file again makes nothing twice.
CREATE TABLE imported (
  id TEXT PRIMARY KEY NOT NULL,
  tbl TEXT NOT NULL,
  row_id TEXT NOT NULL,
  print TEXT NOT NULL,
  at_us INTEGER NOT NULL
);

INSERT INTO waitlist (id, customer_id, service_id, created_us, from_min) VALUES ('wait-1', 'cust-1', 'svc-1', 1700000000000000, 600);
INSERT INTO customer_packages (id, customer_id, name, service_ids, sold_us)
  VALUES ('sold-1', 'cust-1', 'Glow', '["svc-1","svc-1"]', 1690000000000000);
INSERT INTO package_uses (id, customer_package_id, appointment_id, service_id, used_us)
  VALUES ('use-1', 'sold-1', 'app-1', 'svc-1', 1700003600000000);
INSERT INTO blocks (id, provider_id, start_us, end_us, reason, created_us)
  VALUES ('block-1', 'prov-1', 1700010000000000, 1700020000000000, 'Dentist', 1690000000000000);
INSERT INTO imported VALUES ('uid-1', 'blocks', 'block-1', '0', 1690000000000000);
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

UPDATE customers SET tags = '["friend of the house"]', vip = 1 WHERE id = 'cust-1';

-- What the settings need: preparation of a treatment, people and what they may do.

ALTER TABLE services ADD COLUMN prep TEXT;

-- rights: names, as a list; acts_as: how far overrides of safety rules reach.
CREATE TABLE roles (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  acts_as TEXT NOT NULL DEFAULT 'front-desk',
  rights TEXT NOT NULL DEFAULT '[]',
  rank INTEGER NOT NULL DEFAULT 0,
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);
INSERT INTO roles (id, name, acts_as, rights, rank) VALUES
  ('role-owner', 'Owner', 'manager', '["override-safety","book-anyway","edit-settings","erase-customers"]', 1),
  ('role-director', 'Medical director', 'medical-director',
   '["override-safety","book-anyway","edit-settings","approve-rules"]', 2),
  ('role-manager', 'Manager', 'manager', '["override-safety","book-anyway","edit-settings","erase-customers"]', 3),
  ('role-provider', 'Provider', 'provider', '["override-safety"]', 4),
  ('role-staff', 'Staff', 'front-desk', '[]', 5);

CREATE TABLE people (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  role_id TEXT NOT NULL REFERENCES roles (id),
  provider_id TEXT REFERENCES providers (id),
  archived_us INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  rev INTEGER NOT NULL DEFAULT 0
);

INSERT INTO people (id, name, role_id) VALUES ('person-1', 'Gold Owner', 'role-owner');

-- Who may merge and archive customers, who may let a fee go; what was given back of a deposit; visits that were
-- sold without a package of the catalogue have no package_id.
UPDATE roles SET rights = json_insert (rights, '$[#]', 'merge-customers'), version = version + 1 WHERE id <> 'role-provider';
UPDATE roles SET rights = json_insert (rights, '$[#]', 'waive-fees'), version = version + 1 WHERE id IN ('role-owner', 'role-manager');

ALTER TABLE appointments ADD COLUMN deposit_refunded_cents INTEGER NOT NULL DEFAULT 0;

-- What the catalogue needs: the order of packages, and after how many days a treatment is usually due again; 0 when
-- nobody said.
ALTER TABLE services ADD COLUMN next_visit_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE packages ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
UPDATE packages SET rank = (SELECT count(*) FROM packages p WHERE p.id <= packages.id);

INSERT INTO packages (id, name, service_ids, price_cents, valid_days, rank) VALUES ('pack-1', 'Gold Glow', '["svc-1","svc-1"]', 9000, 365, 1);

-- Where those on the waitlist wait for a time: NULL for any location. Until now times were looked for at the first one.
ALTER TABLE waitlist ADD COLUMN location_id TEXT REFERENCES locations (id);
UPDATE waitlist SET version = version + 1, location_id = (SELECT id FROM locations WHERE archived_us = 0 ORDER BY rank, id LIMIT 1);

INSERT INTO waitlist (id, customer_id, service_id, created_us) VALUES ('wait-2', 'cust-1', 'svc-1', 1700000000000000);

INSERT INTO safety_rules (id, name, kind, condition, action) VALUES ('rule-1', 'Gold Rule', 'condition', 'gold', 'warn');

PRAGMA application_id = 1096173105;
PRAGMA user_version = 10;
