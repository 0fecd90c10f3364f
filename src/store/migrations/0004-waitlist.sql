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
