-- What searches look in. drizzle-kit knows neither virtual tables nor, since their names hold `_fts`, anything of these; see
-- packages/db/src/search/. A server fills them with the assets that are there already when it starts.
--
-- The text comes in as tokens of our own, joined by spaces; so `ascii`, to which every byte beyond ASCII belongs to a word.
-- `_` begins the tokens of `facets` and stands in no word. Words of up to four characters are found by their beginning from
-- an index, newest first; longer ones through asset_search_fts_words.
CREATE VIRTUAL TABLE `asset_search_fts` USING fts5(
	`name`, `labels`, `body`, `facets`,
	tokenize = "ascii tokenchars '_'", prefix = '1 2 3 4', content = '', contentless_delete = 1
);
--> statement-breakpoint
-- `docid` is the time of the upload in milliseconds, shifted by 20 bits, plus what makes it unique: its order is the list's.
CREATE TABLE `asset_search_fts_assets` (
	`docid` integer PRIMARY KEY NOT NULL,
	`asset_id` text NOT NULL UNIQUE
);
--> statement-breakpoint
-- Every word of more than four characters that was ever indexed.
CREATE TABLE `asset_search_fts_words` (
	`word` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
