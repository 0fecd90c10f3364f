-- The example rules of an earlier version knew few words: those that nobody has edited, approved or taken away since get
-- the words that are shipped now. Any other is left as it is. The journal says so, as of a change in the settings.
CREATE TEMP TABLE shipped (id TEXT PRIMARY KEY, earlier TEXT NOT NULL, words TEXT NOT NULL);
INSERT INTO shipped (id, earlier, words) VALUES
  ('rule-pregnant-injectables', 'pregnant',
    'pregnan|expecting a baby|expecting a child|expecting twins|is expecting|trimester|embaraz'),
  ('rule-pregnant-laser', 'pregnant',
    'pregnan|expecting a baby|expecting a child|expecting twins|is expecting|trimester|embaraz'),
  ('rule-isotretinoin-laser', 'isotretinoin|accutane',
    'isotret|accutane|acutane|accutain|roacutan|absorica|claravis|amnesteem|myorisan|zenatane|sotret|curacne' ||
    '|contracne|procuta|oratane|epuris|aknenormin|13 cis retino'),
  ('rule-isotretinoin-peel', 'isotretinoin|accutane',
    'isotret|accutane|acutane|accutain|roacutan|absorica|claravis|amnesteem|myorisan|zenatane|sotret|curacne' ||
    '|contracne|procuta|oratane|epuris|aknenormin|13 cis retino'),
  ('rule-lidocaine-filler', 'lidocaine',
    'lidocain|lignocain|xylocain|caine|emla'),
  ('rule-thinner-filler', 'blood thinner',
    'blood thinner|bloodthin|anticoag|antiplatelet|warfarin|coumadin|jantoven|sintrom|acenocoumarol|marcumar' ||
    '|marcoumar|phenprocoumon|eliquis|apixaban|xarelto|rivaroxaban|pradaxa|dabigatran|savaysa|lixiana|edoxaban' ||
    '|plavix|clopidogrel|effient|prasugrel|brilinta|brilique|ticagrelor|aspirin|acetylsalicyl|heparin' ||
    '|enoxaparin|lovenox|clexane');
DELETE FROM shipped WHERE NOT EXISTS (SELECT 1 FROM safety_rules r WHERE r.id = shipped.id AND r.kind = 'condition'
  AND r.condition = shipped.earlier AND r.version = 1 AND coalesce (r.approved_by, '') = '' AND r.archived_us = 0);

INSERT INTO journal (at_us, who, what, why, tbl, row_id, batch, before, after)
  SELECT strftime ('%s', 'now') * 1000000, 'system', 'setting-changed',
    'An update knows more words for the same. Nobody had edited this example, so its list was extended.', 'safety_rules', r.id,
    1 + coalesce ((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0),
    json_object ('id', r.id, 'condition', r.condition, 'version', r.version, 'kind', r.kind, 'service_id', r.service_id,
    'action', r.action, 'say', r.say, 'rev', r.rev, 'name', r.name, 'category', r.category,
    'other_service_id', r.other_service_id, 'other_category', r.other_category, 'days', r.days, 'licence', r.licence,
    'override_role', r.override_role, 'approved_by', r.approved_by, 'rank', r.rank, 'archived_us', r.archived_us),
    json_object ('id', r.id, 'condition', s.words, 'version', r.version + 1, 'kind', r.kind, 'service_id', r.service_id,
    'action', r.action, 'say', r.say, 'rev', r.rev, 'name', r.name, 'category', r.category,
    'other_service_id', r.other_service_id, 'other_category', r.other_category, 'days', r.days, 'licence', r.licence,
    'override_role', r.override_role, 'approved_by', r.approved_by, 'rank', r.rank, 'archived_us', r.archived_us)
  FROM shipped s JOIN safety_rules r ON r.id = s.id ORDER BY r.id;
UPDATE safety_rules SET version = version + 1, condition = (SELECT words FROM shipped WHERE shipped.id = safety_rules.id)
  WHERE id IN (SELECT id FROM shipped);
DROP TABLE shipped;
