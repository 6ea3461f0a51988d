-- Every answer to the items wanted, with what the design says of its commune. A commune without answers comes as one row
-- of weight 0: the variance counts the communes drawn, not those that answered.
SELECT unit.psu,
       unit.stratum,
       unit.province_code AS province,
       CASE WHEN response.id IS NULL THEN 0 ELSE unit.weight END AS weight,
       ARRAY(
           SELECT (response.answers ->> wanted.item)::smallint
           FROM unnest($2) WITH ORDINALITY AS wanted (item, place)
           ORDER BY wanted.place
       ) AS levels
FROM answers.sampling_unit AS unit
LEFT JOIN answers.response AS response ON response.campaign_id = unit.campaign_id AND response.psu = unit.psu
WHERE unit.campaign_id = $1
