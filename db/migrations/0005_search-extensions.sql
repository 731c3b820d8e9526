-- Both are trusted: an ordinary role that may create in the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
-- The words of a text as they are written, but without those that say nothing. Beside the stems of "english" and
-- "french" they let a half-typed word ("polishi…") find what its stem ("polish") would not.
CREATE TEXT SEARCH DICTIONARY words_en (TEMPLATE = simple, STOPWORDS = english);
--> statement-breakpoint
CREATE TEXT SEARCH DICTIONARY words_fr (TEMPLATE = simple, STOPWORDS = french);
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION words_en (COPY = simple);
--> statement-breakpoint
CREATE TEXT SEARCH CONFIGURATION words_fr (COPY = simple);
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION words_en ALTER MAPPING REPLACE simple WITH words_en;
--> statement-breakpoint
ALTER TEXT SEARCH CONFIGURATION words_fr ALTER MAPPING REPLACE simple WITH words_fr;
