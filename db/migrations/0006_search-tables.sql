-- A part for each language: its own indexes, and statistics that know how common a word is in that language.
CREATE TABLE "product_search" (
	"product_id" integer NOT NULL,
	"locale" text NOT NULL,
	"heading" "tsvector" NOT NULL,
	"document" "tsvector" NOT NULL,
	CONSTRAINT "product_search_product_id_locale_pk" PRIMARY KEY("product_id","locale")
) PARTITION BY LIST ("locale");
--> statement-breakpoint
-- The words of a piece stay in its row (8 kB) instead of being compressed and moved out at 2 kB: a search reads hundreds.
CREATE TABLE "product_search_en" PARTITION OF "product_search" FOR VALUES IN ('en') WITH (toast_tuple_target = 8160);
--> statement-breakpoint
CREATE TABLE "product_search_fr" PARTITION OF "product_search" FOR VALUES IN ('fr') WITH (toast_tuple_target = 8160);
--> statement-breakpoint
CREATE TABLE "product_search_zh" PARTITION OF "product_search" FOR VALUES IN ('zh') WITH (toast_tuple_target = 8160);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"locale" text NOT NULL,
	"word" text NOT NULL,
	"spelling" text NOT NULL,
	CONSTRAINT "search_words_locale_word_pk" PRIMARY KEY("locale","word")
);
--> statement-breakpoint
ALTER TABLE "product_search" ADD CONSTRAINT "product_search_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "product_search_heading" ON "product_search" USING gin ("heading") WITH (fastupdate=off);--> statement-breakpoint
CREATE INDEX "product_search_document" ON "product_search" USING gin ("document") WITH (fastupdate=off);--> statement-breakpoint
CREATE INDEX "search_words_trigrams" ON "search_words" USING gin ("word" gin_trgm_ops);