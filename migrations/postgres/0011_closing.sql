-- Since when an organisation is being closed: nobody gets in any more, and all of it goes.
ALTER TABLE organisation ADD COLUMN closing_at BIGINT;
