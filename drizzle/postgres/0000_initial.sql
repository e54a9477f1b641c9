CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" bigint,
	"refresh_token_expires_at" bigint,
	"scope" text,
	"password" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "accounts_account_filled" CHECK (length("account_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"config_id" text NOT NULL,
	"name" text,
	"start" text,
	"reference_id" text NOT NULL,
	"prefix" text,
	"key" text NOT NULL,
	"refill_interval" bigint,
	"refill_amount" bigint,
	"last_refill_at" bigint,
	"enabled" boolean,
	"rate_limit_enabled" boolean,
	"rate_limit_time_window" bigint,
	"rate_limit_max" bigint,
	"request_count" bigint,
	"remaining" bigint,
	"last_request" bigint,
	"expires_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"permissions" text,
	"metadata" text,
	CONSTRAINT "api_keys_key_filled" CHECK (length("key") > 0)
);
--> statement-breakpoint
CREATE TABLE "asset_roles" (
	"asset_id" text NOT NULL,
	"type" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "asset_roles_asset_id_role_pk" PRIMARY KEY("asset_id","role"),
	CONSTRAINT "asset_roles_role" CHECK (("type" = 'image' and "role" in ('first_frame', 'subject', 'brand_logo', 'product_shot', 'background', 'transition', 'closing_frame')) or ("type" = 'video' and "role" in ('first_frame', 'subject', 'brand_logo', 'product_shot', 'background', 'transition', 'closing_frame')) or ("type" = 'audio' and "role" in ('use_full_audio', 'voice_sample')))
);
--> statement-breakpoint
CREATE TABLE "asset_tags" (
	"asset_id" text NOT NULL,
	"tag_id" text NOT NULL,
	"client_id" text NOT NULL,
	CONSTRAINT "asset_tags_asset_id_tag_id_pk" PRIMARY KEY("asset_id","tag_id"),
	CONSTRAINT "asset_tags_client_filled" CHECK (length("client_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "asset_versions" (
	"asset_id" text NOT NULL,
	"number" bigint NOT NULL,
	"type" text NOT NULL,
	"format" text NOT NULL,
	"mime_type" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"width" bigint,
	"height" bigint,
	"duration_ms" bigint,
	"page_count" bigint,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"note" text,
	"source_url" text,
	"licence" text,
	"valid_from" bigint,
	"valid_to" bigint,
	"territories" jsonb,
	"channels" jsonb,
	"credit" text,
	"ai_use" text NOT NULL,
	CONSTRAINT "asset_versions_asset_id_number_pk" PRIMARY KEY("asset_id","number"),
	CONSTRAINT "asset_versions_type" UNIQUE("asset_id","number","type"),
	CONSTRAINT "asset_versions_number" CHECK ("number" is not null and "number" >= 1 and "number" <= 9007199254740991),
	CONSTRAINT "asset_versions_facts" CHECK (("type" = 'image' and "format" in ('jpg', 'jpeg', 'png', 'webp', 'gif', 'svg') and "width" is not null and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and "height" >= 1 and "height" <= 9007199254740991 and "duration_ms" is null and "page_count" is null) or ("type" = 'video' and "format" in ('mp4', 'webm', 'mov', 'avi', 'mkv') and "width" is not null and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and "height" >= 1 and "height" <= 9007199254740991 and "duration_ms" is not null and "duration_ms" >= 1 and "duration_ms" <= 9007199254740991 and "page_count" is null) or ("type" = 'audio' and "format" in ('mp3', 'wav', 'ogg', 'aac', 'm4a') and "width" is null and "height" is null and "duration_ms" is not null and "duration_ms" >= 1 and "duration_ms" <= 9007199254740991 and "page_count" is null) or ("type" = 'document' and "format" in ('pdf', 'doc', 'docx', 'txt') and "width" is null and "height" is null and "duration_ms" is null and (("page_count" is null) or ("page_count" is not null and "page_count" >= 1 and "page_count" <= 9007199254740991)))),
	CONSTRAINT "asset_versions_mime_type" CHECK (("format" = 'jpg' and "mime_type" in ('image/jpeg', 'image/jpg', 'image/pjpeg')) or ("format" = 'jpeg' and "mime_type" in ('image/jpeg', 'image/jpg', 'image/pjpeg')) or ("format" = 'png' and "mime_type" in ('image/png', 'image/apng')) or ("format" = 'webp' and "mime_type" in ('image/webp')) or ("format" = 'gif' and "mime_type" in ('image/gif')) or ("format" = 'svg' and "mime_type" in ('image/svg+xml', 'image/svg')) or ("format" = 'mp4' and "mime_type" in ('video/mp4', 'video/x-m4v')) or ("format" = 'webm' and "mime_type" in ('video/webm')) or ("format" = 'mov' and "mime_type" in ('video/quicktime')) or ("format" = 'avi' and "mime_type" in ('video/x-msvideo', 'video/avi', 'video/msvideo')) or ("format" = 'mkv' and "mime_type" in ('video/matroska', 'video/x-matroska')) or ("format" = 'mp3' and "mime_type" in ('audio/mpeg', 'audio/mp3', 'audio/x-mp3')) or ("format" = 'wav' and "mime_type" in ('audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave')) or ("format" = 'ogg' and "mime_type" in ('audio/ogg', 'application/ogg', 'audio/opus', 'audio/vorbis')) or ("format" = 'aac' and "mime_type" in ('audio/aac', 'audio/aacp', 'audio/x-aac', 'audio/vnd.dlna.adts')) or ("format" = 'm4a' and "mime_type" in ('audio/mp4', 'audio/x-m4a', 'audio/m4a')) or ("format" = 'pdf' and "mime_type" in ('application/pdf', 'application/x-pdf')) or ("format" = 'doc' and "mime_type" in ('application/msword')) or ("format" = 'docx' and "mime_type" in ('application/vnd.openxmlformats-officedocument.wordprocessingml.document')) or ("format" = 'txt' and "mime_type" in ('text/plain', 'text/markdown', 'text/csv'))),
	CONSTRAINT "asset_versions_size" CHECK ("size" is not null and "size" >= 1 and "size" <= 9007199254740991),
	CONSTRAINT "asset_versions_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "asset_versions_ai_use" CHECK ("ai_use" in ('allowed', 'refused', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "assets" (
	"id" text PRIMARY KEY NOT NULL,
	"campaign_id" text,
	"client_id" text NOT NULL,
	"user_id" text NOT NULL,
	"current_version" bigint NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"search_text" text NOT NULL,
	"row_version" bigint NOT NULL,
	"uploaded_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"trashed_at" bigint,
	CONSTRAINT "assets_id_client" UNIQUE("id","client_id"),
	CONSTRAINT "assets_id_type" UNIQUE("id","type"),
	CONSTRAINT "assets_name" CHECK (length("name") > 0),
	CONSTRAINT "assets_row_version" CHECK ("row_version" is not null and "row_version" >= 1 and "row_version" <= 9007199254740991),
	CONSTRAINT "assets_uploaded_at" CHECK ("uploaded_at" is not null and "uploaded_at" >= 0 and "uploaded_at" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"client_id" text,
	"before" jsonb,
	"after" jsonb,
	"request_id" text,
	"address" text,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_events_seq" CHECK ("seq" is not null and "seq" >= 1 and "seq" <= 9007199254740991),
	CONSTRAINT "audit_events_actor_kind" CHECK ("actor_kind" in ('user', 'api_key', 'system')),
	CONSTRAINT "audit_events_hash" CHECK ("hash" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "blobs" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"store" text NOT NULL,
	"created_at" bigint NOT NULL,
	"unreferenced_at" bigint,
	CONSTRAINT "blobs_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "blobs_size" CHECK ("size" is not null and "size" >= 1 and "size" <= 9007199254740991),
	CONSTRAINT "blobs_store" CHECK ("store" in ('disk', 'database', 's3', 'memory'))
);
--> statement-breakpoint
CREATE TABLE "campaign_counters" (
	"campaign_id" text NOT NULL,
	"type" text NOT NULL,
	"count" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "campaign_counters_campaign_id_type_pk" PRIMARY KEY("campaign_id","type"),
	CONSTRAINT "campaign_counters_type" CHECK ("type" in ('image', 'video', 'audio', 'document')),
	CONSTRAINT "campaign_counters_count" CHECK ("count" is not null and "count" >= 0 and "count" <= 9007199254740991),
	CONSTRAINT "campaign_counters_bytes" CHECK ("bytes" is not null and "bytes" >= 0 and "bytes" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"goal" text NOT NULL,
	"status" text NOT NULL,
	"brief" jsonb,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"row_version" bigint NOT NULL,
	CONSTRAINT "campaigns_id_client" UNIQUE("id","client_id"),
	CONSTRAINT "campaigns_name" CHECK (length("name") > 0),
	CONSTRAINT "campaigns_status" CHECK ("status" in ('draft', 'active', 'archived')),
	CONSTRAINT "campaigns_row_version" CHECK ("row_version" is not null and "row_version" >= 1 and "row_version" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "client_counters" (
	"client_id" text NOT NULL,
	"type" text NOT NULL,
	"count" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "client_counters_client_id_type_pk" PRIMARY KEY("client_id","type"),
	CONSTRAINT "client_counters_type" CHECK ("type" in ('image', 'video', 'audio', 'document')),
	CONSTRAINT "client_counters_count" CHECK ("count" is not null and "count" >= 0 and "count" <= 9007199254740991),
	CONSTRAINT "client_counters_bytes" CHECK ("bytes" is not null and "bytes" >= 0 and "bytes" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"brand_guidelines" jsonb,
	"search_text" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"archived_at" bigint,
	"row_version" bigint NOT NULL,
	CONSTRAINT "clients_name" CHECK (length("name") > 0),
	CONSTRAINT "clients_row_version" CHECK ("row_version" is not null and "row_version" >= 1 and "row_version" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"ip_address" text,
	"user_agent" text,
	CONSTRAINT "sessions_token" UNIQUE("token"),
	CONSTRAINT "sessions_token_filled" CHECK (length("token") > 0)
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	CONSTRAINT "tags_client_name" UNIQUE("client_id","name_key"),
	CONSTRAINT "tags_id_client" UNIQUE("id","client_id"),
	CONSTRAINT "tags_name" CHECK (length("name") > 0),
	CONSTRAINT "tags_name_key" CHECK (length("name_key") > 0),
	CONSTRAINT "tags_name_separator" CHECK (strpos("name", chr(31)) = 0)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "users_email" UNIQUE("email"),
	CONSTRAINT "users_role" CHECK ("role" in ('owner', 'admin', 'member'))
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "verifications_identifier_filled" CHECK (length("identifier") > 0)
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_reference_id_users_id_fk" FOREIGN KEY ("reference_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_roles" ADD CONSTRAINT "asset_roles_asset" FOREIGN KEY ("asset_id","type") REFERENCES "public"."assets"("id","type") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_tags" ADD CONSTRAINT "asset_tags_tag" FOREIGN KEY ("tag_id","client_id") REFERENCES "public"."tags"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_tags" ADD CONSTRAINT "asset_tags_asset" FOREIGN KEY ("asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_sha256_blobs_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."blobs"("sha256") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_versions" ADD CONSTRAINT "asset_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_campaign_of_client" FOREIGN KEY ("campaign_id","client_id") REFERENCES "public"."campaigns"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_current_version" FOREIGN KEY ("id","current_version","type") REFERENCES "public"."asset_versions"("asset_id","number","type") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_counters" ADD CONSTRAINT "campaign_counters_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_counters" ADD CONSTRAINT "client_counters_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "api_keys_key" ON "api_keys" USING btree ("key");--> statement-breakpoint
CREATE INDEX "api_keys_reference" ON "api_keys" USING btree ("reference_id");--> statement-breakpoint
CREATE INDEX "api_keys_config" ON "api_keys" USING btree ("config_id");--> statement-breakpoint
CREATE INDEX "asset_roles_role_index" ON "asset_roles" USING btree ("role","asset_id");--> statement-breakpoint
CREATE INDEX "asset_tags_tag_index" ON "asset_tags" USING btree ("tag_id","asset_id");--> statement-breakpoint
CREATE INDEX "asset_versions_sha256_index" ON "asset_versions" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "assets_newest" ON "assets" USING btree ("uploaded_at","id") WHERE "assets"."trashed_at" is null;--> statement-breakpoint
CREATE INDEX "assets_of_client" ON "assets" USING btree ("client_id","uploaded_at","id") WHERE "assets"."trashed_at" is null;--> statement-breakpoint
CREATE INDEX "assets_of_campaign" ON "assets" USING btree ("campaign_id","uploaded_at","id") WHERE "assets"."trashed_at" is null;--> statement-breakpoint
CREATE INDEX "assets_of_client_by_type" ON "assets" USING btree ("client_id","type","uploaded_at","id") WHERE "assets"."trashed_at" is null;--> statement-breakpoint
CREATE INDEX "assets_by_type" ON "assets" USING btree ("type","uploaded_at","id") WHERE "assets"."trashed_at" is null;--> statement-breakpoint
CREATE INDEX "assets_campaign" ON "assets" USING btree ("campaign_id","client_id");--> statement-breakpoint
CREATE INDEX "assets_client" ON "assets" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "assets_trashed" ON "assets" USING btree ("trashed_at");--> statement-breakpoint
CREATE INDEX "audit_events_target" ON "audit_events" USING btree ("target_type","target_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_client" ON "audit_events" USING btree ("client_id","seq");--> statement-breakpoint
CREATE INDEX "blobs_unreferenced" ON "blobs" USING btree ("unreferenced_at");--> statement-breakpoint
CREATE INDEX "campaigns_client" ON "campaigns" USING btree ("client_id","created_at","id");--> statement-breakpoint
CREATE INDEX "clients_user" ON "clients" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");