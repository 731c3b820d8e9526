-- By what a recipient is looked for. Of Chinese each run of one to four characters, so that whatever is typed of a name
-- is one term; of other scripts each word, and each two words in both orders. The same as `lib/domain/order-terms.ts`.
CREATE FUNCTION name_terms(name text) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  folded text := fold_text(name);
  terms text[] := '{}';
  words text[];
  run text;
BEGIN
  FOREACH run IN ARRAY regexp_split_to_array(folded, '[^\u3400-\u4dbf\u4e00-\u9fff]+') LOOP
    FOR at IN 1 .. length(run) LOOP
      FOR size IN 1 .. least(4, length(run) - at + 1) LOOP
        terms := terms || ('h:' || substr(run, at, size));
      END LOOP;
    END LOOP;
  END LOOP;
  words := array_remove(regexp_split_to_array(folded, '[^a-z0-9]+'), '');
  FOR a IN 1 .. cardinality(words) LOOP
    terms := terms || ('n:' || words[a]);
    FOR b IN 1 .. least(6, cardinality(words)) LOOP
      IF a <> b AND a <= 6 THEN
        terms := terms || ('nn:' || words[a] || ' ' || words[b]);
      END IF;
    END LOOP;
  END LOOP;
  RETURN terms;
END $$;
--> statement-breakpoint
CREATE TABLE "order_term_progress" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"written_until" bigint DEFAULT 0 NOT NULL,
	"seen_until" bigint DEFAULT 0 NOT NULL,
	"seen_xact" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "order_term_progress_one" CHECK ("order_term_progress"."id" = 1)
);
--> statement-breakpoint
INSERT INTO "order_term_progress" DEFAULT VALUES;
--> statement-breakpoint
CREATE TABLE "order_terms" (
	"term" text COLLATE "C" NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"order_id" uuid NOT NULL,
	CONSTRAINT "order_terms_pk" PRIMARY KEY("term","placed_at","order_id")
);
--> statement-breakpoint
DROP INDEX "order_addresses_words";--> statement-breakpoint
ALTER TABLE "order_addresses" DROP COLUMN "words";
