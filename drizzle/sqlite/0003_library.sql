CREATE TABLE `asset_texts` (
	`asset_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`asset_id`) REFERENCES `assets`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("version" is not null and typeof("version") = 'integer' and "version" >= 1 and "version" <= 9007199254740991))
);
--> statement-breakpoint
CREATE TABLE `client_quotas` (
	`client_id` text PRIMARY KEY NOT NULL,
	`max_bytes` integer,
	`max_assets` integer,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((("max_bytes" is null) or ("max_bytes" is not null and typeof("max_bytes") = 'integer' and "max_bytes" >= 0 and "max_bytes" <= 9007199254740991)) and (("max_assets" is null) or ("max_assets" is not null and typeof("max_assets") = 'integer' and "max_assets" >= 0 and "max_assets" <= 9007199254740991)))
);
--> statement-breakpoint
CREATE TABLE `collection_assets` (
	`collection_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`client_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`collection_id`, `asset_id`),
	FOREIGN KEY (`collection_id`,`client_id`) REFERENCES `collections`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("position" is not null and typeof("position") = 'integer' and "position" >= 0 and "position" <= 9007199254740991))
);
--> statement-breakpoint
CREATE INDEX `collection_assets_order` ON `collection_assets` (`collection_id`,`position`,`asset_id`);--> statement-breakpoint
CREATE INDEX `collection_assets_asset_index` ON `collection_assets` (`asset_id`);--> statement-breakpoint
CREATE TABLE `collections` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`search_text` text NOT NULL,
	`kind` text NOT NULL,
	`query` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`row_version` integer NOT NULL,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and (("kind" = 'list' and "query" is null) or ("kind" = 'query' and "query" is not null)) and ("row_version" is not null and typeof("row_version") = 'integer' and "row_version" >= 1 and "row_version" <= 9007199254740991))
);
--> statement-breakpoint
CREATE INDEX `collections_client` ON `collections` (`client_id`,`search_text`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `collections_id_client` ON `collections` (`id`,`client_id`);--> statement-breakpoint
CREATE TABLE `derivations` (
	`asset_id` text NOT NULL,
	`version` integer NOT NULL,
	`source_asset_id` text NOT NULL,
	`source_version` integer NOT NULL,
	`role` text NOT NULL,
	`client_id` text NOT NULL,
	PRIMARY KEY(`asset_id`, `version`, `source_asset_id`, `source_version`, `role`),
	FOREIGN KEY (`asset_id`,`version`) REFERENCES `asset_versions`(`asset_id`,`number`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`source_asset_id`,`source_version`) REFERENCES `asset_versions`(`asset_id`,`number`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`source_asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("version" is not null and typeof("version") = 'integer' and "version" >= 1 and "version" <= 9007199254740991) and (length("role") > 0) and ("asset_id" <> "source_asset_id" or "version" <> "source_version"))
);
--> statement-breakpoint
CREATE INDEX `derivations_source_index` ON `derivations` (`source_asset_id`,`source_version`);--> statement-breakpoint
CREATE TABLE `generations` (
	`asset_id` text NOT NULL,
	`version` integer NOT NULL,
	`generator` text NOT NULL,
	`model` text,
	`prompt` text,
	`request_id` text,
	PRIMARY KEY(`asset_id`, `version`),
	FOREIGN KEY (`asset_id`,`version`) REFERENCES `asset_versions`(`asset_id`,`number`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("generator") > 0))
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`answer` text,
	`lease_until` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor`, `key`),
	CONSTRAINT "valid" CHECK((length("key") > 0) and (("answer" is null) = ("lease_until" is not null)))
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `import_items` (
	`import_id` text NOT NULL,
	`position` integer NOT NULL,
	`url` text NOT NULL,
	`fields` text NOT NULL,
	`state` text NOT NULL,
	`received_bytes` integer NOT NULL,
	`total_bytes` integer,
	`outcome` text,
	`asset_id` text,
	`error` text,
	PRIMARY KEY(`import_id`, `position`),
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "valid" CHECK(("position" is not null and typeof("position") = 'integer' and "position" >= 0 and "position" <= 9007199254740991) and ("state" in ('waiting', 'running', 'done', 'failed')) and (("state" = 'done') = ("outcome" is not null and "asset_id" is not null) and ("state" = 'failed') = ("error" is not null)))
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`client_id` text NOT NULL,
	`scopes` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("client_id") > 0))
);
--> statement-breakpoint
CREATE INDEX `imports_user` ON `imports` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `imports_client` ON `imports` (`client_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `quarantined_files` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`user_id` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`size` integer NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((typeof("sha256") = 'text' and length("sha256") = 64 and "sha256" not glob '*[^0-9a-f]*') and ("size" is not null and typeof("size") = 'integer' and "size" >= 1 and "size" <= 9007199254740991) and (length("reason") > 0))
);
--> statement-breakpoint
CREATE INDEX `quarantined_files_client` ON `quarantined_files` (`client_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`client_id` text NOT NULL,
	`fields` text NOT NULL,
	`metadata` text,
	`file_name` text NOT NULL,
	`length` integer,
	`received` integer NOT NULL,
	`result` text,
	`locked_by` text,
	`locked_until` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("received" is not null and typeof("received") = 'integer' and "received" >= 0 and "received" <= 9007199254740991) and (("length" is null) or ("length" is not null and typeof("length") = 'integer' and "length" >= 1 and "length" <= 9007199254740991 and "received" <= "length")) and (("locked_by" is null) = ("locked_until" is null)))
);
--> statement-breakpoint
CREATE INDEX `uploads_expires` ON `uploads` (`expires_at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_assets` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text,
	`client_id` text NOT NULL,
	`user_id` text NOT NULL,
	`current_version` integer NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`search_text` text NOT NULL,
	`row_version` integer NOT NULL,
	`uploaded_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`trashed_at` integer,
	`path` text,
	`priority` integer,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`campaign_id`,`client_id`) REFERENCES `campaigns`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`id`,`current_version`,`type`) REFERENCES `asset_versions`(`asset_id`,`number`,`type`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and ("row_version" is not null and typeof("row_version") = 'integer' and "row_version" >= 1 and "row_version" <= 9007199254740991) and ("uploaded_at" is not null and typeof("uploaded_at") = 'integer' and "uploaded_at" >= 0 and "uploaded_at" <= 9007199254740991) and (("priority" is null) or ("priority" is not null and typeof("priority") = 'integer' and "priority" >= 1 and "priority" <= 9007199254740991)))
);
--> statement-breakpoint
INSERT INTO `__new_assets`("id", "campaign_id", "client_id", "user_id", "current_version", "type", "name", "search_text", "row_version", "uploaded_at", "updated_at", "trashed_at", "path", "priority") SELECT "id", "campaign_id", "client_id", "user_id", "current_version", "type", "name", "search_text", "row_version", "uploaded_at", "updated_at", "trashed_at", NULL, NULL FROM `assets`;--> statement-breakpoint
DROP TABLE `assets`;--> statement-breakpoint
ALTER TABLE `__new_assets` RENAME TO `assets`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `assets_newest` ON `assets` (`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_of_client` ON `assets` (`client_id`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_of_campaign` ON `assets` (`campaign_id`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_by_type` ON `assets` (`type`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_of_client_by_type` ON `assets` (`client_id`,`type`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `assets_id_client` ON `assets` (`id`,`client_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `assets_id_type` ON `assets` (`id`,`type`);