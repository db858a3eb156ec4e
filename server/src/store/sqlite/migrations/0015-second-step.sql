-- The second step of signing in, as one value by account: its sealed secret, when it was confirmed, the step of the
-- newest code that was used, the hashes of the recovery codes that are left.
ALTER TABLE users ADD COLUMN second_factor TEXT CHECK (second_factor IS NULL OR json_valid(second_factor));
