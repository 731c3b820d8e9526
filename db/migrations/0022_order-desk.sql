-- The words of a recipient's name as the office's search asks for them, and the same as fold_text and split_han make of
-- it. They are only stable, since the rules of unaccent could be changed; in this database nobody does, and a generated
-- column takes nothing less than immutable.
CREATE FUNCTION words_of_any_name(name text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN strip(to_tsvector('simple', coalesce(split_han(fold_text(name)), '')));
END $$;
--> statement-breakpoint
-- An order is placed in half a millisecond, and that took as long: the names that most people have go a short way. A
-- function of one expression that is immutable throughout becomes part of the statement.
CREATE FUNCTION name_words(name text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN name ~ '^[\u4e00-\u9fff]{2,4}$' THEN array_to_tsvector(array_remove(array[
    substr(name, 1, 1), substr(name, 2, 1), substr(name, 3, 1), substr(name, 4, 1),
    substr(name, 1, 2), substr(name, 2, 2), substr(name, 3, 2)
  ], ''))
  WHEN name ~ '^[A-Za-z]+( [A-Za-z]+)*$' THEN strip(to_tsvector('simple', lower(name)))
  ELSE words_of_any_name(name)
END;
--> statement-breakpoint
CREATE TABLE "order_export_parts" (
	"export_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "order_export_parts_export_id_part_pk" PRIMARY KEY("export_id","part")
);
--> statement-breakpoint
CREATE TABLE "order_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"format" text NOT NULL,
	"locale" text NOT NULL,
	"filter" jsonb NOT NULL,
	"order_ids" uuid[],
	"state" text DEFAULT 'waiting' NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"asked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "order_exports_format" CHECK ("order_exports"."format" in ('csv', 'xlsx')),
	CONSTRAINT "order_exports_state" CHECK ("order_exports"."state" in ('waiting', 'writing', 'done', 'failed')),
	CONSTRAINT "order_exports_ended" CHECK (("order_exports"."state" in ('done', 'failed')) = ("order_exports"."ended_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "order_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"text" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_views" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"staff_id" uuid NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_views_name" UNIQUE("staff_id","name")
);
--> statement-breakpoint
DROP INDEX "orders_placed_at";--> statement-breakpoint
ALTER TABLE "order_addresses" ADD COLUMN "words" "tsvector" GENERATED ALWAYS AS (name_words(recipient)) STORED;--> statement-breakpoint
ALTER TABLE "order_export_parts" ADD CONSTRAINT "order_export_parts_export_id_order_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."order_exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_notes" ADD CONSTRAINT "order_notes_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_exports_staff" ON "order_exports" USING btree ("staff_id","asked_at");--> statement-breakpoint
CREATE INDEX "order_exports_asked_at" ON "order_exports" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "order_notes_order" ON "order_notes" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "order_addresses_words" ON "order_addresses" USING gin ("words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "order_addresses_phone" ON "order_addresses" USING btree (reverse("phone") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_state" ON "orders" USING btree ("state","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_fulfilment" ON "orders" USING btree ("fulfilment","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_number_prefix" ON "orders" USING btree ("number" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_email_prefix" ON "orders" USING btree (lower("email") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_phone_prefix" ON "orders" USING btree ("phone" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_phone_suffix" ON "orders" USING btree (reverse("phone") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_placed_at" ON "orders" USING btree ("placed_at","id");
--> statement-breakpoint
CREATE TRIGGER order_notes_append_only BEFORE UPDATE OR DELETE ON order_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
