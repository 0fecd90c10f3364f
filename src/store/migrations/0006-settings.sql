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
