CREATE TABLE `asset_grants` (
	`user_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`client_id` text NOT NULL,
	`role` text NOT NULL,
	`granted_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `asset_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("role" in ('manager', 'editor', 'contributor', 'viewer', 'none')))
);
--> statement-breakpoint
CREATE INDEX `asset_grants_asset_index` ON `asset_grants` (`asset_id`);--> statement-breakpoint
CREATE INDEX `asset_grants_client` ON `asset_grants` (`user_id`,`client_id`);--> statement-breakpoint
CREATE TABLE `campaign_grants` (
	`user_id` text NOT NULL,
	`campaign_id` text NOT NULL,
	`client_id` text NOT NULL,
	`role` text NOT NULL,
	`granted_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `campaign_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`campaign_id`,`client_id`) REFERENCES `campaigns`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("role" in ('manager', 'editor', 'contributor', 'viewer', 'none')))
);
--> statement-breakpoint
CREATE INDEX `campaign_grants_campaign_index` ON `campaign_grants` (`campaign_id`);--> statement-breakpoint
CREATE INDEX `campaign_grants_client` ON `campaign_grants` (`user_id`,`client_id`);--> statement-breakpoint
CREATE TABLE `client_grants` (
	`user_id` text NOT NULL,
	`client_id` text NOT NULL,
	`role` text NOT NULL,
	`granted_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `client_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("role" in ('manager', 'editor', 'contributor', 'viewer')))
);
--> statement-breakpoint
CREATE INDEX `client_grants_client` ON `client_grants` (`client_id`);--> statement-breakpoint
CREATE TABLE `guest_files` (
	`id` text PRIMARY KEY NOT NULL,
	`link_id` text NOT NULL,
	`sender` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text,
	`size` integer NOT NULL,
	`state` text NOT NULL,
	`asset_id` text,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	FOREIGN KEY (`link_id`) REFERENCES `upload_links`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`sha256`) REFERENCES `blobs`(`sha256`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("sender") > 0) and ("size" is not null and typeof("size") = 'integer' and "size" >= 1 and "size" <= 9007199254740991) and (("state" = 'waiting' and "sha256" is not null and "asset_id" is null and "decided_at" is null) or ("state" = 'accepted' and "sha256" is not null and "asset_id" is not null and "decided_at" is not null) or ("state" = 'refused' and "sha256" is null and "asset_id" is null and "decided_at" is not null)))
);
--> statement-breakpoint
CREATE INDEX `guest_files_link` ON `guest_files` (`link_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `guest_files_sha256_index` ON `guest_files` (`sha256`);--> statement-breakpoint
CREATE TABLE `hidden_assets` (
	`asset_id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`until` integer,
	`hidden_by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("client_id") > 0))
);
--> statement-breakpoint
CREATE INDEX `hidden_assets_client` ON `hidden_assets` (`client_id`);--> statement-breakpoint
CREATE INDEX `hidden_assets_until` ON `hidden_assets` (`until`);--> statement-breakpoint
CREATE TABLE `share_assets` (
	`share_id` text NOT NULL,
	`asset_id` text NOT NULL,
	`client_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`share_id`, `asset_id`),
	FOREIGN KEY (`share_id`,`client_id`) REFERENCES `share_links`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("position" is not null and typeof("position") = 'integer' and "position" >= 0 and "position" <= 9007199254740991))
);
--> statement-breakpoint
CREATE INDEX `share_assets_asset_index` ON `share_assets` (`asset_id`);--> statement-breakpoint
CREATE TABLE `share_links` (
	`id` text PRIMARY KEY NOT NULL,
	`collection_id` text,
	`campaign_id` text,
	`client_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`recipient` text,
	`token_hash` text NOT NULL,
	`target` text NOT NULL,
	`password_hash` text,
	`quality` text NOT NULL,
	`downloads` integer NOT NULL,
	`max_uses` integer,
	`uses` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`collection_id`,`client_id`) REFERENCES `collections`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`campaign_id`,`client_id`) REFERENCES `campaigns`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and (typeof("token_hash") = 'text' and length("token_hash") = 64 and "token_hash" not glob '*[^0-9a-f]*') and (("target" = 'asset' and "collection_id" is null and "campaign_id" is null) or ("target" = 'assets' and "collection_id" is null and "campaign_id" is null) or ("target" = 'collection' and "collection_id" is not null and "campaign_id" is null) or ("target" = 'campaign' and "collection_id" is null and "campaign_id" is not null)) and ("quality" in ('originals', 'previews')) and ("uses" is not null and typeof("uses") = 'integer' and "uses" >= 0 and "uses" <= 9007199254740991) and (("max_uses" is null) or ("max_uses" is not null and typeof("max_uses") = 'integer' and "max_uses" >= 1 and "max_uses" <= 9007199254740991 and "uses" <= "max_uses")))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `share_links_token` ON `share_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `share_links_client` ON `share_links` (`client_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `share_links_collection_index` ON `share_links` (`collection_id`);--> statement-breakpoint
CREATE INDEX `share_links_campaign_index` ON `share_links` (`campaign_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `share_links_id_client` ON `share_links` (`id`,`client_id`);--> statement-breakpoint
CREATE TABLE `share_visits` (
	`id` text PRIMARY KEY NOT NULL,
	`share_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`asset_id` text,
	`address` text,
	`user_agent` text,
	FOREIGN KEY (`share_id`) REFERENCES `share_links`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("kind" in ('open', 'download')))
);
--> statement-breakpoint
CREATE INDEX `share_visits_share` ON `share_visits` (`share_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `upload_links` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`client_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`message` text,
	`token_hash` text NOT NULL,
	`password_hash` text,
	`max_bytes` integer NOT NULL,
	`max_files` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`campaign_id`,`client_id`) REFERENCES `campaigns`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and (typeof("token_hash") = 'text' and length("token_hash") = 64 and "token_hash" not glob '*[^0-9a-f]*') and ("max_bytes" is not null and typeof("max_bytes") = 'integer' and "max_bytes" >= 1 and "max_bytes" <= 9007199254740991) and ("max_files" is not null and typeof("max_files") = 'integer' and "max_files" >= 1 and "max_files" <= 9007199254740991))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `upload_links_token` ON `upload_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `upload_links_client` ON `upload_links` (`client_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `upload_links_campaign_index` ON `upload_links` (`campaign_id`);--> statement-breakpoint
ALTER TABLE `users` ADD `disabled_at` integer;--> statement-breakpoint
-- rows may change: client_grants
-- Until now a client was seen by whoever had made it: they go on as its managers.
INSERT INTO `client_grants` (`user_id`, `client_id`, `role`, `granted_by`, `created_at`)
SELECT `user_id`, `id`, 'manager', `user_id`, `created_at` FROM `clients`;
