CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`client_id` text NOT NULL,
	`body` text NOT NULL,
	CONSTRAINT "valid" CHECK(("seq" is not null and typeof("seq") = 'integer' and "seq" >= 1 and "seq" <= 9007199254740991) and (length("client_id") > 0))
);
--> statement-breakpoint
CREATE INDEX `changes_at` ON `changes` (`at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`payload` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`waiting_key` text,
	`state` text NOT NULL,
	`priority` integer NOT NULL,
	`attempts` integer NOT NULL,
	`max_attempts` integer NOT NULL,
	`run_at` integer NOT NULL,
	`worker` text,
	`lease_until` integer,
	`error` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	CONSTRAINT "valid" CHECK((length("name") > 0) and (("state" = 'waiting') = ("waiting_key" is not null)) and (("state" = 'running' and "worker" is not null and "lease_until" is not null) or ("state" in ('waiting', 'done', 'dead') and "worker" is null and "lease_until" is null)) and ("attempts" is not null and typeof("attempts") = 'integer' and "attempts" >= 0 and "attempts" <= 9007199254740991) and ("max_attempts" is not null and typeof("max_attempts") = 'integer' and "max_attempts" >= 1 and "max_attempts" <= 9007199254740991))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_waiting_key` ON `jobs` (`waiting_key`);--> statement-breakpoint
CREATE INDEX `jobs_next` ON `jobs` (`state`,`priority`,`run_at`,`id`);--> statement-breakpoint
CREATE TABLE `renditions` (
	`asset_id` text NOT NULL,
	`version` integer NOT NULL,
	`type` text NOT NULL,
	`preset` text NOT NULL,
	`state` text NOT NULL,
	`sha256` text,
	`mime_type` text,
	`width` integer,
	`height` integer,
	`thumbhash` text,
	`reason` text,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`asset_id`, `version`, `preset`),
	FOREIGN KEY (`sha256`) REFERENCES `blobs`(`sha256`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`asset_id`,`version`,`type`) REFERENCES `asset_versions`(`asset_id`,`number`,`type`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "valid" CHECK((("type" = 'image' and "preset" in ('thumb', 'preview')) or ("type" = 'video' and "preset" in ('thumb', 'poster', 'sprite')) or ("type" = 'audio' and "preset" in ('thumb', 'waveform')) or ("type" = 'document' and "preset" in ('thumb', 'cover', 'page-1', 'page-2', 'page-3', 'page-4', 'page-5', 'page-6', 'page-7', 'page-8', 'page-9', 'page-10', 'page-11', 'page-12', 'page-13', 'page-14', 'page-15', 'page-16', 'page-17', 'page-18', 'page-19', 'page-20'))) and (("state" = 'ready' and "sha256" is not null and "mime_type" is not null and "reason" is null and (("preset" = 'waveform' and "width" is null and "height" is null and "thumbhash" is null) or ("preset" <> 'waveform' and "width" is not null and typeof("width") = 'integer' and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and typeof("height") = 'integer' and "height" >= 1 and "height" <= 9007199254740991 and (("preset" = 'thumb') = ("thumbhash" is not null))))) or ("state" = 'failed' and "reason" is not null and length("reason") > 0 and "sha256" is null and "mime_type" is null and "width" is null and "height" is null and "thumbhash" is null)))
);
--> statement-breakpoint
CREATE INDEX `renditions_sha256_index` ON `renditions` (`sha256`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_asset_versions` (
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
	`poster_ms` integer,
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
	CONSTRAINT "valid" CHECK(("number" is not null and typeof("number") = 'integer' and "number" >= 1 and "number" <= 9007199254740991) and (("type" = 'image' and "format" in ('jpg', 'jpeg', 'png', 'webp', 'gif', 'svg') and "width" is not null and typeof("width") = 'integer' and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and typeof("height") = 'integer' and "height" >= 1 and "height" <= 9007199254740991 and "duration_ms" is null and "page_count" is null) or ("type" = 'video' and "format" in ('mp4', 'webm', 'mov', 'avi', 'mkv') and "width" is not null and typeof("width") = 'integer' and "width" >= 1 and "width" <= 9007199254740991 and "height" is not null and typeof("height") = 'integer' and "height" >= 1 and "height" <= 9007199254740991 and "duration_ms" is not null and typeof("duration_ms") = 'integer' and "duration_ms" >= 1 and "duration_ms" <= 9007199254740991 and "page_count" is null) or ("type" = 'audio' and "format" in ('mp3', 'wav', 'ogg', 'aac', 'm4a') and "width" is null and "height" is null and "duration_ms" is not null and typeof("duration_ms") = 'integer' and "duration_ms" >= 1 and "duration_ms" <= 9007199254740991 and "page_count" is null) or ("type" = 'document' and "format" in ('pdf', 'doc', 'docx', 'txt') and "width" is null and "height" is null and "duration_ms" is null and (("page_count" is null) or ("page_count" is not null and typeof("page_count") = 'integer' and "page_count" >= 1 and "page_count" <= 9007199254740991)))) and (("format" = 'jpg' and "mime_type" in ('image/jpeg', 'image/jpg', 'image/pjpeg')) or ("format" = 'jpeg' and "mime_type" in ('image/jpeg', 'image/jpg', 'image/pjpeg')) or ("format" = 'png' and "mime_type" in ('image/png', 'image/apng')) or ("format" = 'webp' and "mime_type" in ('image/webp')) or ("format" = 'gif' and "mime_type" in ('image/gif')) or ("format" = 'svg' and "mime_type" in ('image/svg+xml', 'image/svg')) or ("format" = 'mp4' and "mime_type" in ('video/mp4', 'video/x-m4v')) or ("format" = 'webm' and "mime_type" in ('video/webm')) or ("format" = 'mov' and "mime_type" in ('video/quicktime')) or ("format" = 'avi' and "mime_type" in ('video/x-msvideo', 'video/avi', 'video/msvideo')) or ("format" = 'mkv' and "mime_type" in ('video/matroska', 'video/x-matroska')) or ("format" = 'mp3' and "mime_type" in ('audio/mpeg', 'audio/mp3', 'audio/x-mp3')) or ("format" = 'wav' and "mime_type" in ('audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave')) or ("format" = 'ogg' and "mime_type" in ('audio/ogg', 'application/ogg', 'audio/opus', 'audio/vorbis')) or ("format" = 'aac' and "mime_type" in ('audio/aac', 'audio/aacp', 'audio/x-aac', 'audio/vnd.dlna.adts')) or ("format" = 'm4a' and "mime_type" in ('audio/mp4', 'audio/x-m4a', 'audio/m4a')) or ("format" = 'pdf' and "mime_type" in ('application/pdf', 'application/x-pdf')) or ("format" = 'doc' and "mime_type" in ('application/msword')) or ("format" = 'docx' and "mime_type" in ('application/vnd.openxmlformats-officedocument.wordprocessingml.document')) or ("format" = 'txt' and "mime_type" in ('text/plain', 'text/markdown', 'text/csv'))) and ("size" is not null and typeof("size") = 'integer' and "size" >= 1 and "size" <= 9007199254740991) and (typeof("sha256") = 'text' and length("sha256") = 64 and "sha256" not glob '*[^0-9a-f]*') and (("poster_ms" is null) or ("type" = 'video' and "poster_ms" is not null and typeof("poster_ms") = 'integer' and "poster_ms" >= 0 and "poster_ms" <= 9007199254740991 and "poster_ms" <= "duration_ms")) and ("ai_use" in ('allowed', 'refused', 'unknown')))
);
--> statement-breakpoint
INSERT INTO `__new_asset_versions`("asset_id", "number", "type", "format", "mime_type", "size", "sha256", "width", "height", "duration_ms", "page_count", "poster_ms", "created_by", "created_at", "note", "source_url", "licence", "valid_from", "valid_to", "territories", "channels", "credit", "ai_use") SELECT "asset_id", "number", "type", "format", "mime_type", "size", "sha256", "width", "height", "duration_ms", "page_count", NULL, "created_by", "created_at", "note", "source_url", "licence", "valid_from", "valid_to", "territories", "channels", "credit", "ai_use" FROM `asset_versions`;--> statement-breakpoint
DROP TABLE `asset_versions`;--> statement-breakpoint
ALTER TABLE `__new_asset_versions` RENAME TO `asset_versions`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `asset_versions_sha256_index` ON `asset_versions` (`sha256`);--> statement-breakpoint
CREATE UNIQUE INDEX `asset_versions_type` ON `asset_versions` (`asset_id`,`number`,`type`);