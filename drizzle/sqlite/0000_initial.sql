CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "valid" CHECK((length("account_id") > 0))
);
--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`user_id`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`config_id` text NOT NULL,
	`name` text,
	`start` text,
	`reference_id` text NOT NULL,
	`prefix` text,
	`key` text NOT NULL,
	`refill_interval` integer,
	`refill_amount` integer,
	`last_refill_at` integer,
	`enabled` integer,
	`rate_limit_enabled` integer,
	`rate_limit_time_window` integer,
	`rate_limit_max` integer,
	`request_count` integer,
	`remaining` integer,
	`last_request` integer,
	`expires_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`permissions` text,
	`metadata` text,
	FOREIGN KEY (`reference_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "valid" CHECK((length("key") > 0))
);
--> statement-breakpoint
CREATE INDEX `api_keys_key` ON `api_keys` (`key`);--> statement-breakpoint
CREATE INDEX `api_keys_reference` ON `api_keys` (`reference_id`);--> statement-breakpoint
CREATE INDEX `api_keys_config` ON `api_keys` (`config_id`);--> statement-breakpoint
CREATE TABLE `asset_roles` (
	`asset_id` text NOT NULL,
	`type` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`asset_id`, `role`),
	FOREIGN KEY (`asset_id`,`type`) REFERENCES `assets`(`id`,`type`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((("type" = 'image' and "role" in ('first_frame', 'subject', 'brand_logo', 'product_shot', 'background', 'transition', 'closing_frame')) or ("type" = 'video' and "role" in ('first_frame', 'subject', 'brand_logo', 'product_shot', 'background', 'transition', 'closing_frame')) or ("type" = 'audio' and "role" in ('use_full_audio', 'voice_sample'))))
);
--> statement-breakpoint
CREATE INDEX `asset_roles_role_index` ON `asset_roles` (`role`,`asset_id`);--> statement-breakpoint
CREATE TABLE `asset_tags` (
	`asset_id` text NOT NULL,
	`tag_id` text NOT NULL,
	`client_id` text NOT NULL,
	PRIMARY KEY(`asset_id`, `tag_id`),
	FOREIGN KEY (`tag_id`,`client_id`) REFERENCES `tags`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`asset_id`,`client_id`) REFERENCES `assets`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("client_id") > 0))
);
--> statement-breakpoint
CREATE INDEX `asset_tags_tag_index` ON `asset_tags` (`tag_id`,`asset_id`);--> statement-breakpoint
CREATE TABLE `asset_versions` (
	`asset_id` text NOT NULL,
	`number` integer NOT NULL,
	`type` text NOT NULL,
	`format` text NOT NULL,
	`mime_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`width` integer,
	`height` integer,
	`duration_ms` integer,
	`page_count` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`note` text,
	`source_url` text,
	`licence` text,
	`valid_from` integer,
	`valid_to` integer,
	`territories` text,
	`channels` text,
	`credit` text,
	`ai_use` text NOT NULL,
	PRIMARY KEY(`asset_id`, `number`),
	FOREIGN KEY (`sha256`) REFERENCES `blobs`(`sha256`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("number" is not null and typeof("number") = 'integer' and "number" >= 1 and "number" <= 9007199254740991) and (("type" = 'image' and "format" in ('jpg', 'jpeg', 'png', 'webp', 'gif', 'svg') and "width" is not null and typeof("width") = 'integer' and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and typeof("height") = 'integer' and "height" >= 1 and "height" <= 9007199254740991 and "duration_ms" is null and "page_count" is null) or ("type" = 'video' and "format" in ('mp4', 'webm', 'mov', 'avi', 'mkv') and "width" is not null and typeof("width") = 'integer' and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and typeof("height") = 'integer' and "height" >= 1 and "height" <= 9007199254740991 and "duration_ms" is not null and typeof("duration_ms") = 'integer' and "duration_ms" >= 1 and "duration_ms" <= 9007199254740991 and "page_count" is null) or ("type" = 'audio' and "format" in ('mp3', 'wav', 'ogg', 'aac', 'm4a') and "width" is null and "height" is null and "duration_ms" is not null and typeof("duration_ms") = 'integer' and "duration_ms" >= 1 and "duration_ms" <= 9007199254740991 and "page_count" is null) or ("type" = 'document' and "format" in ('pdf', 'doc', 'docx', 'txt') and "width" is null and "height" is null and "duration_ms" is null and (("page_count" is null) or ("page_count" is not null and typeof("page_count") = 'integer' and "page_count" >= 1 and "page_count" <= 9007199254740991)))) and (("format" = 'jpg' and "mime_type" in ('image/jpeg', 'image/jpg', 'image/pjpeg')) or ("format" = 'jpeg' and "mime_type" in ('image/jpeg', 'image/jpg', 'image/pjpeg')) or ("format" = 'png' and "mime_type" in ('image/png', 'image/apng')) or ("format" = 'webp' and "mime_type" in ('image/webp')) or ("format" = 'gif' and "mime_type" in ('image/gif')) or ("format" = 'svg' and "mime_type" in ('image/svg+xml', 'image/svg')) or ("format" = 'mp4' and "mime_type" in ('video/mp4', 'video/x-m4v')) or ("format" = 'webm' and "mime_type" in ('video/webm')) or ("format" = 'mov' and "mime_type" in ('video/quicktime')) or ("format" = 'avi' and "mime_type" in ('video/x-msvideo', 'video/avi', 'video/msvideo')) or ("format" = 'mkv' and "mime_type" in ('video/matroska', 'video/x-matroska')) or ("format" = 'mp3' and "mime_type" in ('audio/mpeg', 'audio/mp3', 'audio/x-mp3')) or ("format" = 'wav' and "mime_type" in ('audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave')) or ("format" = 'ogg' and "mime_type" in ('audio/ogg', 'application/ogg', 'audio/opus', 'audio/vorbis')) or ("format" = 'aac' and "mime_type" in ('audio/aac', 'audio/aacp', 'audio/x-aac', 'audio/vnd.dlna.adts')) or ("format" = 'm4a' and "mime_type" in ('audio/mp4', 'audio/x-m4a', 'audio/m4a')) or ("format" = 'pdf' and "mime_type" in ('application/pdf', 'application/x-pdf')) or ("format" = 'doc' and "mime_type" in ('application/msword')) or ("format" = 'docx' and "mime_type" in ('application/vnd.openxmlformats-officedocument.wordprocessingml.document')) or ("format" = 'txt' and "mime_type" in ('text/plain', 'text/markdown', 'text/csv'))) and ("size" is not null and typeof("size") = 'integer' and "size" >= 1 and "size" <= 9007199254740991) and (typeof("sha256") = 'text' and length("sha256") = 64 and "sha256" not glob '*[^0-9a-f]*') and ("ai_use" in ('allowed', 'refused', 'unknown')))
);
--> statement-breakpoint
CREATE INDEX `asset_versions_sha256_index` ON `asset_versions` (`sha256`);--> statement-breakpoint
CREATE UNIQUE INDEX `asset_versions_type` ON `asset_versions` (`asset_id`,`number`,`type`);--> statement-breakpoint
CREATE TABLE `assets` (
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
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`campaign_id`,`client_id`) REFERENCES `campaigns`(`id`,`client_id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`id`,`current_version`,`type`) REFERENCES `asset_versions`(`asset_id`,`number`,`type`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and ("row_version" is not null and typeof("row_version") = 'integer' and "row_version" >= 1 and "row_version" <= 9007199254740991) and ("uploaded_at" is not null and typeof("uploaded_at") = 'integer' and "uploaded_at" >= 0 and "uploaded_at" <= 9007199254740991))
);
--> statement-breakpoint
CREATE INDEX `assets_newest` ON `assets` (`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_of_client` ON `assets` (`client_id`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_of_campaign` ON `assets` (`campaign_id`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_by_type` ON `assets` (`type`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE INDEX `assets_of_client_by_type` ON `assets` (`client_id`,`type`,`trashed_at`,`uploaded_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `assets_id_client` ON `assets` (`id`,`client_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `assets_id_type` ON `assets` (`id`,`type`);--> statement-breakpoint
CREATE TABLE `audit_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`client_id` text,
	`before` text,
	`after` text,
	`request_id` text,
	`address` text,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	CONSTRAINT "valid" CHECK(("seq" is not null and typeof("seq") = 'integer' and "seq" >= 1 and "seq" <= 9007199254740991) and ("actor_kind" in ('user', 'api_key', 'system')) and (typeof("hash") = 'text' and length("hash") = 64 and "hash" not glob '*[^0-9a-f]*'))
);
--> statement-breakpoint
CREATE INDEX `audit_events_target` ON `audit_events` (`target_type`,`target_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_events_client` ON `audit_events` (`client_id`,`seq`);--> statement-breakpoint
CREATE TABLE `blobs` (
	`sha256` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`store` text NOT NULL,
	`created_at` integer NOT NULL,
	`unreferenced_at` integer,
	CONSTRAINT "valid" CHECK((typeof("sha256") = 'text' and length("sha256") = 64 and "sha256" not glob '*[^0-9a-f]*') and ("size" is not null and typeof("size") = 'integer' and "size" >= 1 and "size" <= 9007199254740991) and ("store" in ('disk', 'database', 's3', 'memory')))
);
--> statement-breakpoint
CREATE INDEX `blobs_unreferenced` ON `blobs` (`unreferenced_at`);--> statement-breakpoint
CREATE TABLE `campaign_counters` (
	`campaign_id` text NOT NULL,
	`type` text NOT NULL,
	`count` integer NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `type`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("type" in ('image', 'video', 'audio', 'document')) and ("count" is not null and typeof("count") = 'integer' and "count" >= 0 and "count" <= 9007199254740991) and ("bytes" is not null and typeof("bytes") = 'integer' and "bytes" >= 0 and "bytes" <= 9007199254740991))
);
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`name` text NOT NULL,
	`goal` text NOT NULL,
	`status` text NOT NULL,
	`brief` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`row_version` integer NOT NULL,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and ("status" in ('draft', 'active', 'archived')) and ("row_version" is not null and typeof("row_version") = 'integer' and "row_version" >= 1 and "row_version" <= 9007199254740991))
);
--> statement-breakpoint
CREATE INDEX `campaigns_client` ON `campaigns` (`client_id`,`created_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_id_client` ON `campaigns` (`id`,`client_id`);--> statement-breakpoint
CREATE TABLE `client_counters` (
	`client_id` text NOT NULL,
	`type` text NOT NULL,
	`count` integer NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`client_id`, `type`),
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK(("type" in ('image', 'video', 'audio', 'document')) and ("count" is not null and typeof("count") = 'integer' and "count" >= 0 and "count" <= 9007199254740991) and ("bytes" is not null and typeof("bytes") = 'integer' and "bytes" >= 0 and "bytes" <= 9007199254740991))
);
--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`brand_guidelines` text,
	`search_text` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`archived_at` integer,
	`row_version` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and ("row_version" is not null and typeof("row_version") = 'integer' and "row_version" >= 1 and "row_version" <= 9007199254740991))
);
--> statement-breakpoint
CREATE INDEX `clients_user` ON `clients` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "valid" CHECK((length("token") > 0))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `tags` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	FOREIGN KEY (`client_id`) REFERENCES `clients`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((length("name") > 0) and (length("name_key") > 0) and (instr("name", char(31)) = 0))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tags_client_name` ON `tags` (`client_id`,`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `tags_id_client` ON `tags` (`id`,`client_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "valid" CHECK(("role" in ('owner', 'admin', 'member')))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "valid" CHECK((length("identifier") > 0))
);
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);