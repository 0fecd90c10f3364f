-- Where those on the waitlist wait for a time: NULL for any location. Until now times were looked for at the first one.
ALTER TABLE waitlist ADD COLUMN location_id TEXT REFERENCES locations (id);
UPDATE waitlist SET version = version + 1, location_id = (SELECT id FROM locations WHERE archived_us = 0 ORDER BY rank, id LIMIT 1);
