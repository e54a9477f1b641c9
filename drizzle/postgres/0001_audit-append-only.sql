-- The audit log only grows: drizzle-kit knows no triggers, so they are written by hand.
CREATE FUNCTION audit_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_refuse_change BEFORE UPDATE OR DELETE ON "audit_events"
FOR EACH ROW EXECUTE FUNCTION audit_events_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_events_refuse_truncate BEFORE TRUNCATE ON "audit_events"
FOR EACH STATEMENT EXECUTE FUNCTION audit_events_refuse();
--> statement-breakpoint
CREATE FUNCTION audit_events_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW."seq" IS DISTINCT FROM (SELECT coalesce(max("seq"), 0) + 1 FROM "audit_events") THEN
		RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_events_refuse_gap BEFORE INSERT ON "audit_events"
FOR EACH ROW EXECUTE FUNCTION audit_events_refuse_gap();
