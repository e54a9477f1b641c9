CREATE TABLE "asset_texts" (
	"asset_id" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "asset_texts_version" CHECK ("version" is not null and "version" >= 1 and "version" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "client_quotas" (
	"client_id" text PRIMARY KEY NOT NULL,
	"max_bytes" bigint,
	"max_assets" bigint,
	CONSTRAINT "client_quotas_bytes" CHECK (("max_bytes" is null) or ("max_bytes" is not null and "max_bytes" >= 0 and "max_bytes" <= 9007199254740991)),
	CONSTRAINT "client_quotas_assets" CHECK (("max_assets" is null) or ("max_assets" is not null and "max_assets" >= 0 and "max_assets" <= 9007199254740991))
);
--> statement-breakpoint
CREATE TABLE "collection_assets" (
	"collection_id" text NOT NULL,
	"asset_id" text NOT NULL,
	"client_id" text NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "collection_assets_collection_id_asset_id_pk" PRIMARY KEY("collection_id","asset_id"),
	CONSTRAINT "collection_assets_position" CHECK ("position" is not null and "position" >= 0 and "position" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "collections" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"search_text" text NOT NULL,
	"kind" text NOT NULL,
	"query" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"row_version" bigint NOT NULL,
	CONSTRAINT "collections_id_client" UNIQUE("id","client_id"),
	CONSTRAINT "collections_name" CHECK (length("name") > 0),
	CONSTRAINT "collections_kind" CHECK (("kind" = 'list' and "query" is null) or ("kind" = 'query' and "query" is not null)),
	CONSTRAINT "collections_row_version" CHECK ("row_version" is not null and "row_version" >= 1 and "row_version" <= 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "derivations" (
	"asset_id" text NOT NULL,
	"version" bigint NOT NULL,
	"source_asset_id" text NOT NULL,
	"source_version" bigint NOT NULL,
	"role" text NOT NULL,
	"client_id" text NOT NULL,
	CONSTRAINT "derivations_key" PRIMARY KEY("asset_id","version","source_asset_id","source_version","role"),
	CONSTRAINT "derivations_number" CHECK ("version" is not null and "version" >= 1 and "version" <= 9007199254740991),
	CONSTRAINT "derivations_role" CHECK (length("role") > 0),
	CONSTRAINT "derivations_other" CHECK ("asset_id" <> "source_asset_id" or "version" <> "source_version")
);
--> statement-breakpoint
CREATE TABLE "generations" (
	"asset_id" text NOT NULL,
	"version" bigint NOT NULL,
	"generator" text NOT NULL,
	"model" text,
	"prompt" text,
	"request_id" text,
	CONSTRAINT "generations_asset_id_version_pk" PRIMARY KEY("asset_id","version"),
	CONSTRAINT "generations_generator" CHECK (length("generator") > 0)
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"actor" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"answer" jsonb,
	"lease_until" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "idempotency_keys_actor_key_pk" PRIMARY KEY("actor","key"),
	CONSTRAINT "idempotency_keys_key" CHECK (length("key") > 0),
	CONSTRAINT "idempotency_keys_answer" CHECK (("answer" is null) = ("lease_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "import_items" (
	"import_id" text NOT NULL,
	"position" bigint NOT NULL,
	"url" text NOT NULL,
	"fields" jsonb NOT NULL,
	"state" text NOT NULL,
	"received_bytes" bigint NOT NULL,
	"total_bytes" bigint,
	"outcome" text,
	"asset_id" text,
	"error" jsonb,
	CONSTRAINT "import_items_import_id_position_pk" PRIMARY KEY("import_id","position"),
	CONSTRAINT "import_items_position" CHECK ("position" is not null and "position" >= 0 and "position" <= 9007199254740991),
	CONSTRAINT "import_items_state" CHECK ("state" in ('waiting', 'running', 'done', 'failed')),
	CONSTRAINT "import_items_end" CHECK (("state" = 'done') = ("outcome" is not null and "asset_id" is not null) and ("state" = 'failed') = ("error" is not null))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"client_id" text NOT NULL,
	"scopes" jsonb,
	"created_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "imports_client_filled" CHECK (length("client_id") > 0)
);
--> statement-breakpoint
CREATE TABLE "quarantined_files" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"user_id" text NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"reason" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "quarantined_files_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "quarantined_files_size" CHECK ("size" is not null and "size" >= 1 and "size" <= 9007199254740991),
	CONSTRAINT "quarantined_files_reason" CHECK (length("reason") > 0)
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"client_id" text NOT NULL,
	"fields" jsonb NOT NULL,
	"metadata" text,
	"file_name" text NOT NULL,
	"length" bigint,
	"received" bigint NOT NULL,
	"result" jsonb,
	"locked_by" text,
	"locked_until" bigint,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "uploads_received" CHECK ("received" is not null and "received" >= 0 and "received" <= 9007199254740991),
	CONSTRAINT "uploads_length" CHECK (("length" is null) or ("length" is not null and "length" >= 1 and "length" <= 9007199254740991 and "received" <= "length")),
	CONSTRAINT "uploads_lock" CHECK (("locked_by" is null) = ("locked_until" is null))
);
--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "path" text;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "priority" bigint;--> statement-breakpoint
ALTER TABLE "asset_texts" ADD CONSTRAINT "asset_texts_asset_id_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."assets"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_quotas" ADD CONSTRAINT "client_quotas_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_assets" ADD CONSTRAINT "collection_assets_collection" FOREIGN KEY ("collection_id","client_id") REFERENCES "public"."collections"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_assets" ADD CONSTRAINT "collection_assets_asset" FOREIGN KEY ("asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivations" ADD CONSTRAINT "derivations_version" FOREIGN KEY ("asset_id","version") REFERENCES "public"."asset_versions"("asset_id","number") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivations" ADD CONSTRAINT "derivations_source" FOREIGN KEY ("source_asset_id","source_version") REFERENCES "public"."asset_versions"("asset_id","number") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivations" ADD CONSTRAINT "derivations_asset_client" FOREIGN KEY ("asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "derivations" ADD CONSTRAINT "derivations_source_client" FOREIGN KEY ("source_asset_id","client_id") REFERENCES "public"."assets"("id","client_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "generations" ADD CONSTRAINT "generations_of_version" FOREIGN KEY ("asset_id","version") REFERENCES "public"."asset_versions"("asset_id","number") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_items" ADD CONSTRAINT "import_items_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_files" ADD CONSTRAINT "quarantined_files_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_files" ADD CONSTRAINT "quarantined_files_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "collection_assets_order" ON "collection_assets" USING btree ("collection_id","position","asset_id");--> statement-breakpoint
CREATE INDEX "collection_assets_asset_index" ON "collection_assets" USING btree ("asset_id");--> statement-breakpoint
CREATE INDEX "collections_client" ON "collections" USING btree ("client_id","search_text","id");--> statement-breakpoint
CREATE INDEX "derivations_source_index" ON "derivations" USING btree ("source_asset_id","source_version");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "imports_user" ON "imports" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "imports_client" ON "imports" USING btree ("client_id","created_at");--> statement-breakpoint
CREATE INDEX "quarantined_files_client" ON "quarantined_files" USING btree ("client_id","created_at");--> statement-breakpoint
CREATE INDEX "uploads_expires" ON "uploads" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_priority" CHECK (("priority" is null) or ("priority" is not null and "priority" >= 1 and "priority" <= 9007199254740991));