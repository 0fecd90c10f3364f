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
