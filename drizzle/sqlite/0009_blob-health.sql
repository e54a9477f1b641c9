PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_blobs` (
	`sha256` text PRIMARY KEY NOT NULL,
	`size` integer NOT NULL,
	`store` text NOT NULL,
	`created_at` integer NOT NULL,
	`unreferenced_at` integer,
	`deleting_at` integer,
	`verified_at` integer,
	`damaged_at` integer,
	`damage` text,
	`moved_from` text,
	`moved_at` integer,
	CONSTRAINT "valid" CHECK((typeof("sha256") = 'text' and length("sha256") = 64 and "sha256" not glob '*[^0-9a-f]*') and ("size" is not null and typeof("size") = 'integer' and "size" >= 1 and "size" <= 9007199254740991) and ("store" in ('disk', 'database', 's3', 'memory')) and (("damaged_at" is null and "damage" is null) or ("damaged_at" is not null and "damage" is not null and "damage" in ('missing', 'wrong_size', 'wrong_bytes', 'unreadable'))) and (("moved_at" is null and "moved_from" is null) or ("moved_at" is not null and "moved_from" is not null and "moved_from" in ('disk', 'database', 's3', 'memory') and "moved_from" <> "store")))
);
--> statement-breakpoint
INSERT INTO `__new_blobs`("sha256", "size", "store", "created_at", "unreferenced_at", "deleting_at", "verified_at", "damaged_at", "damage", "moved_from", "moved_at") SELECT "sha256", "size", "store", "created_at", "unreferenced_at", "deleting_at", NULL, NULL, NULL, NULL, NULL FROM `blobs`;--> statement-breakpoint
DROP TABLE `blobs`;--> statement-breakpoint
ALTER TABLE `__new_blobs` RENAME TO `blobs`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `blobs_unreferenced` ON `blobs` (`unreferenced_at`);--> statement-breakpoint
CREATE INDEX `blobs_verified` ON `blobs` (`verified_at`,`sha256`);--> statement-breakpoint
CREATE INDEX `blobs_damaged` ON `blobs` (`damaged_at`);--> statement-breakpoint
CREATE INDEX `blobs_moved` ON `blobs` (`moved_at`);--> statement-breakpoint
CREATE INDEX `blobs_store` ON `blobs` (`store`,`sha256`);