-- The keys of the last day are held by the writer (writes/saved-keys.ts), and results stand in the order in which they
-- were saved, which is their age: keys are as good as random, so their index cost every change a page of its own.

DROP INDEX saved_results_key;
DROP INDEX saved_results_at;
