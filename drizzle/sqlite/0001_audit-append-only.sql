-- The audit log only grows: drizzle-kit knows no triggers, so they are written by hand.
CREATE TRIGGER `audit_events_refuse_update` BEFORE UPDATE ON `audit_events`
BEGIN
	SELECT RAISE(ABORT, 'audit events are append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_events_refuse_delete` BEFORE DELETE ON `audit_events`
BEGIN
	SELECT RAISE(ABORT, 'audit events are append-only');
END;
--> statement-breakpoint
-- INSERT OR REPLACE deletes without firing a trigger for it, so a number that is taken is refused here, as is one that
-- leaves a gap.
CREATE TRIGGER `audit_events_refuse_gap` BEFORE INSERT ON `audit_events`
WHEN NEW.`seq` IS NOT (SELECT coalesce(max(`seq`), 0) + 1 FROM `audit_events`)
BEGIN
	SELECT RAISE(ABORT, 'audit events are append-only');
END;
