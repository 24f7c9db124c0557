-- Newest first over active and deactivated partners: without it every page sorts them all.
CREATE INDEX partner_listed_by_age ON partner (organisation_id, id) WHERE status <> 'deleted';
