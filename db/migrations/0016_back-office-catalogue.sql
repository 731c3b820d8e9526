CREATE TABLE "catalogue_sheets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"content" text NOT NULL,
	"actor" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "former_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"product_id" integer NOT NULL,
	"left_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "planned_prices" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "planned_prices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"variant_id" integer NOT NULL,
	"price_fen" bigint NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	"planned_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "planned_prices_price" CHECK ("planned_prices"."price_fen" > 0),
	CONSTRAINT "planned_prices_ended_once" CHECK ("planned_prices"."applied_at" is null or "planned_prices"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE TABLE "product_photos" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "product_photos_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"product_id" integer NOT NULL,
	"position" integer NOT NULL,
	"file" text NOT NULL,
	"original" text,
	"crop" jsonb,
	"alt" jsonb NOT NULL,
	"blur" text NOT NULL,
	"colour" text NOT NULL,
	CONSTRAINT "product_photos_file" UNIQUE("product_id","file")
);
--> statement-breakpoint
CREATE TABLE "related_products" (
	"product_id" integer NOT NULL,
	"related_id" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "related_products_product_id_related_id_pk" PRIMARY KEY("product_id","related_id"),
	CONSTRAINT "related_products_other" CHECK ("related_products"."product_id" <> "related_products"."related_id")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "variants" ADD COLUMN "offered" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "stock" ADD COLUMN "low_at" integer;--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planned_prices" ADD CONSTRAINT "planned_prices_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_photos" ADD CONSTRAINT "product_photos_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related_products" ADD CONSTRAINT "related_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "related_products" ADD CONSTRAINT "related_products_related_id_products_id_fk" FOREIGN KEY ("related_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_slugs_product" ON "former_slugs" USING btree ("product_id");--> statement-breakpoint
CREATE INDEX "planned_prices_open" ON "planned_prices" USING btree ("starts_at") WHERE "planned_prices"."applied_at" is null and "planned_prices"."withdrawn_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "planned_prices_moment" ON "planned_prices" USING btree ("variant_id","starts_at") WHERE "planned_prices"."applied_at" is null and "planned_prices"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "related_products_related" ON "related_products" USING btree ("related_id");--> statement-breakpoint
CREATE INDEX "products_words" ON "products" USING gin (("slug" || ' ' || ("name" ->> 'en') || ' ' || ("name" ->> 'fr') || ' ' || ("name" ->> 'zh')) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "variants_sku_words" ON "variants" USING gin ("sku" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_archived" CHECK ("products"."archived_at" is null or not "products"."published");--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_low_at" CHECK ("stock"."low_at" >= 0);
--> statement-breakpoint
-- As before, but of what is offered: a variant that is not complete yet, or not made any more, is not searched.
CREATE OR REPLACE VIEW product_texts AS
SELECT p.id AS product_id, l.locale, p.name ->> l.locale AS name,
  concat_ws(' ', c.name ->> l.locale, p.material ->> l.locale, v.materials, o.options) AS traits,
  concat_ws(' ', p.description ->> l.locale, v.pictures, v.skus) AS body
FROM products p
JOIN categories c ON c.id = p.category_id
CROSS JOIN (VALUES ('en'), ('fr'), ('zh')) AS l (locale)
CROSS JOIN LATERAL (
  SELECT count(*) AS variants,
    string_agg(DISTINCT material ->> l.locale, ' ') AS materials,
    string_agg(sku, ' ') AS skus,
    string_agg(DISTINCT image_alt ->> l.locale, ' ') AS pictures
  FROM variants WHERE product_id = p.id AND offered
) AS v
CROSS JOIN LATERAL (
  SELECT string_agg(DISTINCT ov.name ->> l.locale, ' ') AS options
  FROM variants
  CROSS JOIN LATERAL jsonb_each_text(variants.options) AS chosen
  JOIN option_values ov ON ov.option = chosen.key AND ov.value = chosen.value
  WHERE product_id = p.id AND offered
) AS o
WHERE p.published AND v.variants > 0;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION rebuild_product_search(changed integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF changed IS NULL THEN RETURN; END IF;
  -- Who changes the same piece at the same time waits here, and then reads what the other wrote.
  PERFORM FROM products WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;

  DELETE FROM product_search s
  WHERE s.product_id = ANY (changed)
    AND NOT EXISTS (
      SELECT FROM products p JOIN variants v ON v.product_id = p.id WHERE p.id = s.product_id AND p.published AND v.offered
    );

  INSERT INTO product_search AS known (product_id, locale, heading, document)
  SELECT t.product_id, t.locale,
    h.heading,
    h.heading || setweight(search_vector(t.body, t.locale), 'C')
  FROM product_texts t
  CROSS JOIN LATERAL (
    SELECT setweight(search_vector(t.name, t.locale), 'A') || setweight(search_vector(t.traits, t.locale), 'B') AS heading
  ) h
  WHERE t.product_id = ANY (changed)
  ON CONFLICT (product_id, locale) DO UPDATE SET heading = excluded.heading, document = excluded.document
  WHERE (known.heading, known.document) IS DISTINCT FROM (excluded.heading, excluded.document);

  INSERT INTO search_words (locale, word, spelling)
  SELECT DISTINCT ON (t.locale, fold_text(spelling)) t.locale, fold_text(spelling), spelling
  FROM product_texts t
  CROSS JOIN LATERAL regexp_split_to_table(
    lower(t.name || ' ' || t.traits), '[\u0001-\u0060\u007b-\u00bf\u2000-\u206f]+'
  ) AS spelling
  WHERE t.product_id = ANY (changed) AND fold_text(spelling) ~ '^[a-z]{3,}$'
  ORDER BY 1, 2, 3 DESC
  ON CONFLICT DO NOTHING;
END $$;
--> statement-breakpoint
-- A piece is found once it has a variant, so that inserting the piece itself changes nothing.
CREATE OR REPLACE FUNCTION search_after_variant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM rebuild_product_search(array_agg(DISTINCT product_id)) FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM rebuild_product_search(array_agg(DISTINCT product_id)) FROM old_rows;
  ELSE
    PERFORM rebuild_product_search(array_agg(DISTINCT touched))
    FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL unnest(ARRAY[n.product_id, o.product_id]) AS touched
    WHERE (n.product_id, n.sku, n.offered, n.options, n.image_alt, n.material)
      IS DISTINCT FROM (o.product_id, o.sku, o.offered, o.options, o.image_alt, o.material);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The pictures that pieces have so far.
INSERT INTO product_photos (product_id, position, file, alt, blur, colour)
SELECT product_id, row_number() OVER (PARTITION BY product_id ORDER BY position) - 1, image, image_alt, image_blur, image_colour
FROM (
  SELECT DISTINCT ON (product_id, image) product_id, position, image, image_alt, image_blur, image_colour
  FROM variants ORDER BY product_id, image, position
) AS shown;
