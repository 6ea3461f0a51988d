-- Every answer wanted, with what the design says of its commune. A commune without answers comes as one row of weight 0:
-- the variance counts the communes drawn, not those that answered. Where a choice is named: 2 if it was made, 1 if not.
SELECT unit.psu,
       unit.stratum,
       unit.province_code AS province,
       CASE WHEN response.id IS NULL THEN 0 ELSE unit.weight END AS weight,
       ARRAY(
           SELECT CASE
               WHEN jsonb_typeof(answer) = 'array' THEN 1 + (answer @> to_jsonb(wanted.choice))::int
               WHEN wanted.choice IS NULL OR answer::int BETWEEN 97 AND 99 THEN answer::int
               ELSE 1 + (answer::int = wanted.choice)::int
           END::smallint
           FROM unnest($2, $3) WITH ORDINALITY AS wanted (unit, choice, place)
           CROSS JOIN LATERAL (SELECT response.answers -> wanted.unit AS answer) AS given
           ORDER BY wanted.place
       ) AS levels
FROM answers.sampling_unit AS unit
LEFT JOIN answers.response AS response ON response.campaign_id = unit.campaign_id AND response.psu = unit.psu
WHERE unit.campaign_id = $1
