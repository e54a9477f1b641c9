CREATE TABLE "legacy_rows" (
	"source_table" text NOT NULL,
	"source_key" text NOT NULL,
	"outcome" text NOT NULL,
	"target_id" text,
	"row" text NOT NULL,
	"row_hash" text NOT NULL,
	"notes" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "legacy_rows_source_table_source_key_pk" PRIMARY KEY("source_table","source_key"),
	CONSTRAINT "legacy_rows_table" CHECK ("source_table" in ('users', 'clients', 'campaigns', 'assets', 'asset_blobs', 'uploaded_assets', 'client_assets', 'campaign_assets')),
	CONSTRAINT "legacy_rows_outcome" CHECK ("outcome" in ('imported', 'merged', 'quarantined', 'missing_bytes')),
	CONSTRAINT "legacy_rows_target" CHECK (("target_id" is null) = ("outcome" = 'missing_bytes')),
	CONSTRAINT "legacy_rows_hash" CHECK ("row_hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE INDEX "legacy_rows_target" ON "legacy_rows" USING btree ("target_id");--> statement-breakpoint
CREATE INDEX "legacy_rows_outcome" ON "legacy_rows" USING btree ("outcome","source_table","source_key");