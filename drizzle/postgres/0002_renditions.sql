CREATE TABLE "changes" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"client_id" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "changes_seq" CHECK ("seq" is not null and "seq" >= 1 and "seq" <= 9007199254740991),
	CONSTRAINT "changes_client_filled" CHECK (length("client_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"dedupe_key" text NOT NULL,
	"waiting_key" text,
	"state" text NOT NULL,
	"priority" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"max_attempts" bigint NOT NULL,
	"run_at" bigint NOT NULL,
	"worker" text,
	"lease_until" bigint,
	"error" text,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"finished_at" bigint,
	CONSTRAINT "jobs_waiting_key" UNIQUE("waiting_key"),
	CONSTRAINT "jobs_name" CHECK (length("name") > 0),
	CONSTRAINT "jobs_waiting" CHECK (("state" = 'waiting') = ("waiting_key" is not null)),
	CONSTRAINT "jobs_state" CHECK (("state" = 'running' and "worker" is not null and "lease_until" is not null) or ("state" in ('waiting', 'done', 'dead') and "worker" is null and "lease_until" is null)),
	CONSTRAINT "jobs_attempts" CHECK ("attempts" is not null and "attempts" >= 0 and "attempts" <= 9007199254740991),
	CONSTRAINT "jobs_max_attempts" CHECK ("max_attempts" is not null and "max_attempts" >= 1 and "max_attempts" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "renditions" (
	"asset_id" text NOT NULL,
	"version" bigint NOT NULL,
	"type" text NOT NULL,
	"preset" text NOT NULL,
	"state" text NOT NULL,
	"sha256" text,
	"mime_type" text,
	"width" bigint,
	"height" bigint,
	"thumbhash" text,
	"reason" text,
	"made_at" bigint NOT NULL,
	CONSTRAINT "renditions_asset_id_version_preset_pk" PRIMARY KEY("asset_id","version","preset"),
	CONSTRAINT "renditions_preset" CHECK (("type" = 'image' and "preset" in ('thumb', 'preview')) or ("type" = 'video' and "preset" in ('thumb', 'poster', 'sprite')) or ("type" = 'audio' and "preset" in ('thumb', 'waveform')) or ("type" = 'document' and "preset" in ('thumb', 'cover', 'page-1', 'page-2', 'page-3', 'page-4', 'page-5', 'page-6', 'page-7', 'page-8', 'page-9', 'page-10', 'page-11', 'page-12', 'page-13', 'page-14', 'page-15', 'page-16', 'page-17', 'page-18', 'page-19', 'page-20'))),
	CONSTRAINT "renditions_state" CHECK (("state" = 'ready' and "sha256" is not null and "mime_type" is not null and "reason" is null and (("preset" = 'waveform' and "width" is null and "height" is null and "thumbhash" is null) or ("preset" <> 'waveform' and "width" is not null and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and "height" >= 1 and "height" <= 9007199254740991 and (("preset" = 'thumb') = ("thumbhash" is not null))))) or ("state" = 'failed' and "reason" is not null and length("reason") > 0 and "sha256" is null and "mime_type" is null and "width" is null and "height" is null and "thumbhash" is null))
);
--> statement-breakpoint
ALTER TABLE "asset_versions" ADD COLUMN "poster_ms" bigint;--> statement-breakpoint
ALTER TABLE "renditions" ADD CONSTRAINT "renditions_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "renditions" ADD CONSTRAINT "renditions_version" FOREIGN KEY ("asset_id","version","type") REFERENCES "public"."asset_versions"("asset_id","number","type") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "changes_at" ON "changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "jobs_next" ON "jobs" USING btree ("state","priority","run_at","id");--> statement-breakpoint
CREATE INDEX "renditions_sha256_index" ON "renditions" USING btree ("sha256");--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_poster" CHECK (("poster_ms" is null) or ("type" = 'video' and "poster_ms" is not null and "poster_ms" >= 0 and "poster_ms" <= 9007199254740991 and "poster_ms" <= "duration_ms"));