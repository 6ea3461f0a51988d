-- The weighted share of each answer to three questions. 97, 98 and 99 are no answer, null was not asked.
SELECT question, level, sum(weight) / sum(sum(weight)) OVER (PARTITION BY question) AS share
FROM (
    SELECT 'q9_01' AS question, q9_01 AS level, _weight AS weight FROM responses
    UNION ALL SELECT 'q9_02', q9_02, _weight FROM responses
    UNION ALL SELECT 'q9_03', q9_03, _weight FROM responses
) AS answered
WHERE level BETWEEN 1 AND 5
GROUP BY question, level
ORDER BY question, level
