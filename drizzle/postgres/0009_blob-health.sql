ALTER TABLE "blobs" ADD COLUMN "verified_at" bigint;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "damaged_at" bigint;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "damage" text;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "moved_from" text;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "moved_at" bigint;--> statement-breakpoint
CREATE INDEX "blobs_verified" ON "blobs" USING btree ("verified_at","sha256");--> statement-breakpoint
CREATE INDEX "blobs_damaged" ON "blobs" USING btree ("damaged_at");--> statement-breakpoint
CREATE INDEX "blobs_moved" ON "blobs" USING btree ("moved_at");--> statement-breakpoint
CREATE INDEX "blobs_store" ON "blobs" USING btree ("store","sha256");--> statement-breakpoint
ALTER TABLE "blobs" ADD CONSTRAINT "blobs_damage" CHECK (("damaged_at" is null and "damage" is null) or ("damaged_at" is not null and "damage" is not null and "damage" in ('missing', 'wrong_size', 'wrong_bytes', 'unreadable')));--> statement-breakpoint
ALTER TABLE "blobs" ADD CONSTRAINT "blobs_moved" CHECK (("moved_at" is null and "moved_from" is null) or ("moved_at" is not null and "moved_from" is not null and "moved_from" in ('disk', 'database', 's3', 'memory') and "moved_from" <> "store"));