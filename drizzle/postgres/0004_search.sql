-- What searches look in. drizzle-kit passes over these tables, since their names hold `_fts`; see packages/db/src/search/. A server
-- fills them with the assets that are there already when it starts.
--
-- The text comes in as tokens of our own, joined by spaces, and is taken as it is: no dictionary, no language.
CREATE TABLE "asset_search_fts" (
	"docid" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"labels" text NOT NULL,
	"body" text NOT NULL,
	"facets" text NOT NULL,
	"words" tsvector GENERATED ALWAYS AS (
		array_to_tsvector(array_remove(string_to_array("name" || ' ' || "labels" || ' ' || "body" || ' ' || "facets", ' '), ''))
	) STORED
);
--> statement-breakpoint
CREATE INDEX "asset_search_fts_words" ON "asset_search_fts" USING gin ("words");
--> statement-breakpoint
CREATE TABLE "asset_search_fts_assets" (
	"docid" bigint PRIMARY KEY NOT NULL,
	"asset_id" text NOT NULL UNIQUE
);
