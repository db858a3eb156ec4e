-- Days whose debits were all taken back have no row, as in a khata that is counted anew: an archive is then the same
-- whichever way its rows came about.
DELETE FROM khata_daily_debits WHERE paise = 0;
