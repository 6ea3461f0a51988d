-- Sealed bytes do not compress, and a row of less than a block is cheapest in one piece: no attempt at the first, no side table below
-- a block for the second. What is larger still goes there.
ALTER TABLE answers.draft ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE answers.draft SET (toast_tuple_target = 8128);
ALTER TABLE answers.inbox ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE answers.inbox SET (toast_tuple_target = 8128);
