-- What the catalogue needs: the order of packages, and after how many days a treatment is usually due again; 0 when
-- nobody said.
ALTER TABLE services ADD COLUMN next_visit_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE packages ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
UPDATE packages SET rank = (SELECT count(*) FROM packages p WHERE p.id <= packages.id);
