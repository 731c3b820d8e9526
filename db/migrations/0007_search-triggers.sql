-- A text as search compares it: in lower case, without accents, only a–z, 0–9 and Han, one blank between words.
-- `lib/domain/search-query.ts` does the same to what a shopper types.
CREATE FUNCTION fold_text(source text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN trim(regexp_replace(lower(unaccent(normalize(source, NFKC))), '[^a-z0-9\u3400-\u4dbf\u4e00-\u9fff]+', ' ', 'g'));
--> statement-breakpoint
-- Chinese writes no blanks between words, so each character and each pair of neighbours counts as one.
CREATE FUNCTION split_han(folded text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT string_agg(piece, ' ' ORDER BY nth, at, length(piece))
  FROM regexp_matches(folded, '[a-z0-9]+|[^a-z0-9 ]+', 'g') WITH ORDINALITY AS run (match, nth)
  CROSS JOIN LATERAL (
    SELECT match[1] AS piece, 1 AS at WHERE match[1] ~ '^[a-z0-9]'
    UNION ALL
    SELECT substr(match[1], start, size), start
    FROM generate_series(1, length(match[1])) AS start CROSS JOIN (VALUES (1), (2)) AS sizes (size)
    WHERE match[1] !~ '^[a-z0-9]' AND start + size - 1 <= length(match[1])
  ) AS pieces
);
--> statement-breakpoint
CREATE FUNCTION search_vector(source text, locale text) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE locale
  WHEN 'en' THEN to_tsvector('english', fold_text(source)) || to_tsvector('words_en', fold_text(source))
  WHEN 'fr' THEN to_tsvector('french', fold_text(source)) || to_tsvector('words_fr', fold_text(source))
  ELSE to_tsvector('simple', coalesce(split_han(fold_text(source)), ''))
END;
--> statement-breakpoint
-- The texts of each piece that is for sale, by language and by how much they say about what it is.
CREATE VIEW product_texts AS
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
  FROM variants WHERE product_id = p.id
) AS v
CROSS JOIN LATERAL (
  SELECT string_agg(DISTINCT ov.name ->> l.locale, ' ') AS options
  FROM variants
  CROSS JOIN LATERAL jsonb_each_text(variants.options) AS chosen
  JOIN option_values ov ON ov.option = chosen.key AND ov.value = chosen.value
  WHERE product_id = p.id
) AS o
WHERE p.published AND v.variants > 0;
--> statement-breakpoint
-- What search knows of these pieces, said anew. A piece that is not for sale is not found.
CREATE FUNCTION rebuild_product_search(changed integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF changed IS NULL THEN RETURN; END IF;
  -- Who changes the same piece at the same time waits here, and then reads what the other wrote.
  PERFORM FROM products WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;

  DELETE FROM product_search s
  WHERE s.product_id = ANY (changed)
    AND NOT EXISTS (
      SELECT FROM products p JOIN variants v ON v.product_id = p.id WHERE p.id = s.product_id AND p.published
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
CREATE FUNCTION search_after_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM rebuild_product_search(array_agg(n.id))
  FROM new_rows n JOIN old_rows o ON o.id = n.id
  WHERE (n.name, n.description, n.material, n.category_id, n.published)
    IS DISTINCT FROM (o.name, o.description, o.material, o.category_id, o.published);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER products_search AFTER UPDATE ON products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_product();
--> statement-breakpoint
-- A piece is found once it has a variant, so that inserting the piece itself changes nothing.
CREATE FUNCTION search_after_variant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM rebuild_product_search(array_agg(DISTINCT product_id)) FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM rebuild_product_search(array_agg(DISTINCT product_id)) FROM old_rows;
  ELSE
    PERFORM rebuild_product_search(array_agg(DISTINCT touched))
    FROM new_rows n JOIN old_rows o ON o.id = n.id CROSS JOIN LATERAL unnest(ARRAY[n.product_id, o.product_id]) AS touched
    WHERE (n.product_id, n.sku, n.options, n.image_alt, n.material)
      IS DISTINCT FROM (o.product_id, o.sku, o.options, o.image_alt, o.material);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER variants_search_insert AFTER INSERT ON variants
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_variant();
--> statement-breakpoint
CREATE TRIGGER variants_search_update AFTER UPDATE ON variants
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_variant();
--> statement-breakpoint
CREATE TRIGGER variants_search_delete AFTER DELETE ON variants
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_variant();
--> statement-breakpoint
CREATE FUNCTION search_after_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM rebuild_product_search(array_agg(p.id))
  FROM new_rows n JOIN old_rows o ON o.id = n.id JOIN products p ON p.category_id = n.id
  WHERE n.name IS DISTINCT FROM o.name;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER categories_search AFTER UPDATE ON categories
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_category();
--> statement-breakpoint
-- Variants name their option values without a foreign key, so a value may also come after its variants, or go before them.
CREATE FUNCTION search_after_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM rebuild_product_search(array_agg(DISTINCT v.product_id))
    FROM new_rows n JOIN variants v ON v.options ->> n.option = n.value;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM rebuild_product_search(array_agg(DISTINCT v.product_id))
    FROM old_rows o JOIN variants v ON v.options ->> o.option = o.value;
  ELSE
    PERFORM rebuild_product_search(array_agg(DISTINCT v.product_id))
    FROM (
      (SELECT option, value, name FROM new_rows EXCEPT SELECT option, value, name FROM old_rows)
      UNION ALL
      (SELECT option, value, name FROM old_rows EXCEPT SELECT option, value, name FROM new_rows)
    ) AS c JOIN variants v ON v.options ->> c.option = c.value;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER option_values_search_insert AFTER INSERT ON option_values
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_option();
--> statement-breakpoint
CREATE TRIGGER option_values_search_update AFTER UPDATE ON option_values
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_option();
--> statement-breakpoint
CREATE TRIGGER option_values_search_delete AFTER DELETE ON option_values
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_after_option();
--> statement-breakpoint
-- What was there before.
SELECT rebuild_product_search(array_agg(id)) FROM products;
