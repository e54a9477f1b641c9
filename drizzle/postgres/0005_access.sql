CREATE TABLE "asset_grants" (
	"user_id" text NOT NULL,
	"asset_id" text NOT NULL,
	"client_id" text NOT NULL,
	"role" text NOT NULL,
	"granted_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "asset_grants_user_id_asset_id_pk" PRIMARY KEY("user_id","asset_id"),
	CONSTRAINT "asset_grants_role" CHECK ("role" in ('manager', 'editor', 'contributor', 'viewer', 'none'))
);
--> statement-breakpoint
CREATE TABLE "campaign_grants" (
	"user_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"client_id" text NOT NULL,
	"role" text NOT NULL,
	"granted_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "campaign_grants_user_id_campaign_id_pk" PRIMARY KEY("user_id","campaign_id"),
	CONSTRAINT "campaign_grants_role" CHECK ("role" in ('manager', 'editor', 'contributor', 'viewer', 'none'))
);
--> statement-breakpoint
CREATE TABLE "client_grants" (
	"user_id" text NOT NULL,
	"client_id" text NOT NULL,
	"role" text NOT NULL,
	"granted_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "client_grants_user_id_client_id_pk" PRIMARY KEY("user_id","client_id"),
	CONSTRAINT "client_grants_role" CHECK ("role" in ('manager', 'editor', 'contributor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "guest_files" (
	"id" text PRIMARY KEY NOT NULL,
	"link_id" text NOT NULL,
	"sender" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text,
	"size" bigint NOT NULL,
	"state" text NOT NULL,
	"asset_id" text,
	"created_at" bigint NOT NULL,
	"decided_at" bigint,
	"decided_by" text,
	CONSTRAINT "guest_files_sender" CHECK (length("sender") > 0),
	CONSTRAINT "guest_files_size" CHECK ("size" is not null and "size" >= 1 and "size" <= 9007199254740991),
	CONSTRAINT "guest_files_state" CHECK (("state" = 'waiting' and "sha256" is not null and "asset_id" is null and "decided_at" is null) or ("state" = 'accepted' and "sha256" is not null and "asset_id" is not null and "decided_at" is not null) or ("state" = 'refused' and "sha256" is null and "asset_id" is null and "decided_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "hidden_assets" (
	"asset_id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"until" bigint,
	"hidden_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "hidden_assets_client_filled" CHECK (length("client_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "share_assets" (
	"share_id" text NOT NULL,
	"asset_id" text NOT NULL,
	"client_id" text NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "share_assets_share_id_asset_id_pk" PRIMARY KEY("share_id","asset_id"),
	CONSTRAINT "share_assets_position" CHECK ("position" is not null and "position" >= 0 and "position" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "share_links" (
	"id" text PRIMARY KEY NOT NULL,
	"collection_id" text,
	"campaign_id" text,
	"client_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"recipient" text,
	"token_hash" text NOT NULL,
	"target" text NOT NULL,
	"password_hash" text,
	"quality" text NOT NULL,
	"downloads" boolean NOT NULL,
	"max_uses" bigint,
	"uses" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "share_links_token" UNIQUE("token_hash"),
	CONSTRAINT "share_links_id_client" UNIQUE("id","client_id"),
	CONSTRAINT "share_links_name" CHECK (length("name") > 0),
	CONSTRAINT "share_links_token_hash" CHECK ("token_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "share_links_target" CHECK (("target" = 'asset' and "collection_id" is null and "campaign_id" is null) or ("target" = 'assets' and "collection_id" is null and "campaign_id" is null) or ("target" = 'collection' and "collection_id" is not null and "campaign_id" is null) or ("target" = 'campaign' and "collection_id" is null and "campaign_id" is not null)),
	CONSTRAINT "share_links_quality" CHECK ("quality" in ('originals', 'previews')),
	CONSTRAINT "share_links_uses" CHECK ("uses" is not null and "uses" >= 0 and "uses" <= 9007199254740991),
	CONSTRAINT "share_links_max_uses" CHECK (("max_uses" is null) or ("max_uses" is not null and "max_uses" >= 1 and "max_uses" <= 9007199254740991 and "uses" <= "max_uses"))
);
--> statement-breakpoint
CREATE TABLE "share_visits" (
	"id" text PRIMARY KEY NOT NULL,
	"share_id" text NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"asset_id" text,
	"address" text,
	"user_agent" text,
	CONSTRAINT "share_visits_kind" CHECK ("kind" in ('open', 'download'))
);
--> statement-breakpoint
CREATE TABLE "upload_links" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text NOT NULL,
	"client_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"message" text,
	"token_hash" text NOT NULL,
	"password_hash" text,
	"max_bytes" bigint NOT NULL,
	"max_files" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "upload_links_token" UNIQUE("token_hash"),
	CONSTRAINT "upload_links_name" CHECK (length("name") > 0),
	CONSTRAINT "upload_links_token_hash" CHECK ("token_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "upload_links_bytes" CHECK ("max_bytes" is not null and "max_bytes" >= 1 and "max_bytes" <= 9007199254740991),
	CONSTRAINT "upload_links_files" CHECK ("max_files" is not null and "max_files" >= 1 and "max_files" <= 9007199254740991)
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "disabled_at" bigint;--> statement-breakpoint
ALTER TABLE "asset_grants" ADD CONSTRAINT "asset_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_grants" ADD CONSTRAINT "asset_grants_asset" FOREIGN KEY ("asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_grants" ADD CONSTRAINT "campaign_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_grants" ADD CONSTRAINT "campaign_grants_campaign" FOREIGN KEY ("campaign_id","client_id") REFERENCES "public"."campaigns"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_grants" ADD CONSTRAINT "client_grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_grants" ADD CONSTRAINT "client_grants_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_files" ADD CONSTRAINT "guest_files_link_id_upload_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."upload_links"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_files" ADD CONSTRAINT "guest_files_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_assets" ADD CONSTRAINT "hidden_assets_asset" FOREIGN KEY ("asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_assets" ADD CONSTRAINT "share_assets_share" FOREIGN KEY ("share_id","client_id") REFERENCES "public"."share_links"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_assets" ADD CONSTRAINT "share_assets_asset" FOREIGN KEY ("asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_collection" FOREIGN KEY ("collection_id","client_id") REFERENCES "public"."collections"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_links" ADD CONSTRAINT "share_links_campaign" FOREIGN KEY ("campaign_id","client_id") REFERENCES "public"."campaigns"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share_visits" ADD CONSTRAINT "share_visits_share_id_share_links_id_fk" FOREIGN KEY ("share_id") REFERENCES "public"."share_links"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_links" ADD CONSTRAINT "upload_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_links" ADD CONSTRAINT "upload_links_campaign" FOREIGN KEY ("campaign_id","client_id") REFERENCES "public"."campaigns"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_grants_asset_index" ON "asset_grants" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "asset_grants_client" ON "asset_grants" USING btree ("user_id","client_id");--> statement-breakpoint
CREATE INDEX "campaign_grants_campaign_index" ON "campaign_grants" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "campaign_grants_client" ON "campaign_grants" USING btree ("user_id","client_id");--> statement-breakpoint
CREATE INDEX "client_grants_client" ON "client_grants" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "guest_files_link" ON "guest_files" USING btree ("link_id","created_at","id");--> statement-breakpoint
CREATE INDEX "guest_files_sha256_index" ON "guest_files" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "hidden_assets_client" ON "hidden_assets" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "hidden_assets_until" ON "hidden_assets" USING btree ("until");--> statement-breakpoint
CREATE INDEX "share_assets_asset_index" ON "share_assets" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "share_links_client" ON "share_links" USING btree ("client_id","created_at","id");--> statement-breakpoint
CREATE INDEX "share_links_collection_index" ON "share_links" USING btree ("collection_id");--> statement-breakpoint
CREATE INDEX "share_links_campaign_index" ON "share_links" USING btree ("campaign_id");--> statement-breakpoint
CREATE INDEX "share_visits_share" ON "share_visits" USING btree ("share_id","at","id");--> statement-breakpoint
CREATE INDEX "upload_links_client" ON "upload_links" USING btree ("client_id","created_at","id");--> statement-breakpoint
CREATE INDEX "upload_links_campaign_index" ON "upload_links" USING btree ("campaign_id");--> statement-breakpoint
-- rows may change: client_grants
-- Until now a client was seen by whoever had made it: they go on as its managers.
INSERT INTO "client_grants" ("user_id", "client_id", "role", "granted_by", "created_at")
SELECT "user_id", "id", 'manager', "user_id", "created_at" FROM "clients";
