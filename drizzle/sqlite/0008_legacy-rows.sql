CREATE TABLE `legacy_rows` (
	`source_table` text NOT NULL,
	`source_key` text NOT NULL,
	`outcome` text NOT NULL,
	`target_id` text,
	`row` text NOT NULL,
	`row_hash` text NOT NULL,
	`notes` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`source_table`, `source_key`),
	CONSTRAINT "valid" CHECK(("source_table" in ('users', 'clients', 'campaigns', 'assets', 'asset_blobs', 'uploaded_assets', 'client_assets', 'campaign_assets')) and ("outcome" in ('imported', 'merged', 'quarantined', 'missing_bytes')) and (("target_id" is null) = ("outcome" = 'missing_bytes')) and (typeof("row_hash") = 'text' and length("row_hash") = 64 and "row_hash" not glob '*[^0-9a-f]*'))
);
--> statement-breakpoint
CREATE INDEX `legacy_rows_target` ON `legacy_rows` (`target_id`);--> statement-breakpoint
CREATE INDEX `legacy_rows_outcome` ON `legacy_rows` (`outcome`,`source_table`,`source_key`);