-- Who may merge and archive customers, who may let a fee go; what was given back of a deposit; visits that were
-- sold without a package of the catalogue have no package_id.
UPDATE roles SET rights = json_insert (rights, '$[#]', 'merge-customers'), version = version + 1 WHERE id <> 'role-provider';
UPDATE roles SET rights = json_insert (rights, '$[#]', 'waive-fees'), version = version + 1 WHERE id IN ('role-owner', 'role-manager');

ALTER TABLE appointments ADD COLUMN deposit_refunded_cents INTEGER NOT NULL DEFAULT 0;
