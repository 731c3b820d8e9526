CREATE TABLE "price_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "price_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"variant_id" integer NOT NULL,
	"from_fen" bigint NOT NULL,
	"to_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_changes_differ" CHECK ("price_changes"."from_fen" <> "price_changes"."to_fen")
);
--> statement-breakpoint
DROP INDEX "products_category_position";--> statement-breakpoint
DROP INDEX "products_published_at";--> statement-breakpoint
ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_changes_variant" ON "price_changes" USING btree ("variant_id","id");--> statement-breakpoint
CREATE INDEX "cache_invalidations_at" ON "cache_invalidations" USING btree ("invalidated_at");--> statement-breakpoint
CREATE INDEX "products_category_position" ON "products" USING btree ("category_id","position","id") WHERE "products"."published";--> statement-breakpoint
CREATE INDEX "products_published_at" ON "products" USING btree ("published_at","id") WHERE "products"."published";