CREATE TABLE "figure_attempts" (
	"day" date NOT NULL,
	"provider" text NOT NULL,
	"scene" text NOT NULL,
	"started" integer NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"closed" integer NOT NULL,
	"expired" integer NOT NULL,
	"disputed" integer NOT NULL,
	"waiting" integer NOT NULL,
	"pay_seconds" bigint NOT NULL,
	CONSTRAINT "figure_attempts_day_provider_scene_pk" PRIMARY KEY("day","provider","scene")
);
--> statement-breakpoint
CREATE TABLE "figure_carts" (
	"day" date PRIMARY KEY NOT NULL,
	"begun" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_days" (
	"day" date PRIMARY KEY NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"closed" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "figure_notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"day" date NOT NULL,
	"noted_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_orders" (
	"day" date PRIMARY KEY NOT NULL,
	"placed" integer NOT NULL,
	"placed_fen" bigint NOT NULL,
	"paid" integer NOT NULL,
	"paid_fen" bigint NOT NULL,
	"expired" integer NOT NULL,
	"cancelled" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure_products" (
	"day" date NOT NULL,
	"product_id" integer NOT NULL,
	"sold_units" integer NOT NULL,
	"sold_fen" bigint NOT NULL,
	"returned_units" integer NOT NULL,
	"returned_fen" bigint NOT NULL,
	CONSTRAINT "figure_products_day_product_id_pk" PRIMARY KEY("day","product_id")
);
--> statement-breakpoint
CREATE TABLE "figure_refunds" (
	"day" date NOT NULL,
	"provider" text NOT NULL,
	"cause" text NOT NULL,
	"refunds" integer NOT NULL,
	"refunded_fen" bigint NOT NULL,
	CONSTRAINT "figure_refunds_day_provider_cause_pk" PRIMARY KEY("day","provider","cause")
);
--> statement-breakpoint
CREATE TABLE "figure_sales" (
	"day" date NOT NULL,
	"hour" integer NOT NULL,
	"provider" text NOT NULL,
	"scene" text NOT NULL,
	"orders" integer NOT NULL,
	"goods_fen" bigint NOT NULL,
	"discount_fen" bigint NOT NULL,
	"shipping_fen" bigint NOT NULL,
	"paid_fen" bigint NOT NULL,
	CONSTRAINT "figure_sales_day_hour_provider_scene_pk" PRIMARY KEY("day","hour","provider","scene")
);
--> statement-breakpoint
CREATE TABLE "figure_stock" (
	"day" date PRIMARY KEY NOT NULL,
	"units" bigint NOT NULL,
	"value_fen" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "figure_products" ADD CONSTRAINT "figure_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "figure_notes_day" ON "figure_notes" USING btree ("day");--> statement-breakpoint
CREATE INDEX "carts_created_at" ON "carts" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "payment_attempts_started_at" ON "payment_attempts" USING brin ("started_at");--> statement-breakpoint
CREATE INDEX "stock_movements_at" ON "stock_movements" USING brin ("at");
--> statement-breakpoint
-- The argument names the instant that decides to which day the row belongs. One note for each day and transaction: a
-- note of another transaction may be taken out by a worker who did not see this change.
CREATE FUNCTION note_figures() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed date := ((to_jsonb(NEW) ->> TG_ARGV[0])::timestamptz AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
  INSERT INTO figure_notes (day) SELECT changed
  WHERE NOT EXISTS (SELECT FROM figure_notes WHERE day = changed AND xmin = pg_current_xact_id()::xid);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Only what comes after its day: that of today is summed up every minute as it is, and pays nothing for it.
CREATE TRIGGER payment_events_note_figures AFTER INSERT ON payment_events FOR EACH ROW
  WHEN ((NEW.occurred_at AT TIME ZONE 'Asia/Shanghai')::date < (now() AT TIME ZONE 'Asia/Shanghai')::date)
  EXECUTE FUNCTION note_figures('occurred_at');
--> statement-breakpoint
CREATE TRIGGER orders_note_figures AFTER INSERT OR UPDATE OF state ON orders FOR EACH ROW
  WHEN ((NEW.placed_at AT TIME ZONE 'Asia/Shanghai')::date < (now() AT TIME ZONE 'Asia/Shanghai')::date)
  EXECUTE FUNCTION note_figures('placed_at');
--> statement-breakpoint
CREATE TRIGGER payment_attempts_note_figures AFTER INSERT OR UPDATE OF state ON payment_attempts FOR EACH ROW
  WHEN ((NEW.started_at AT TIME ZONE 'Asia/Shanghai')::date < (now() AT TIME ZONE 'Asia/Shanghai')::date)
  EXECUTE FUNCTION note_figures('started_at');
