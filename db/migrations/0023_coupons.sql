CREATE TABLE "coupon_customers" (
	"coupon_id" integer NOT NULL,
	"customer" text NOT NULL,
	"uses" integer NOT NULL,
	"at_most" integer,
	CONSTRAINT "coupon_customers_coupon_id_customer_pk" PRIMARY KEY("coupon_id","customer"),
	CONSTRAINT "coupon_customers_within_limit" CHECK ("coupon_customers"."uses" between 0 and coalesce("coupon_customers"."at_most", "coupon_customers"."uses"))
);
--> statement-breakpoint
CREATE TABLE "coupon_uses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "coupon_uses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"order_id" uuid NOT NULL,
	"coupon_id" integer NOT NULL,
	"customers" text[] NOT NULL,
	"discount_fen" bigint NOT NULL,
	"shipping_fen" bigint NOT NULL,
	"counted" boolean DEFAULT true NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"given_back_at" timestamp (3) with time zone,
	CONSTRAINT "coupon_uses_orderId_unique" UNIQUE("order_id"),
	CONSTRAINT "coupon_uses_amounts" CHECK ("coupon_uses"."discount_fen" >= 0 and "coupon_uses"."shipping_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "coupons" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "coupons_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"basis_points" integer,
	"amount_fen" bigint,
	"threshold_fen" bigint DEFAULT 0 NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"uses_at_most" integer,
	"uses_per_customer" integer,
	"category_ids" integer[],
	"product_ids" integer[],
	"note" text,
	"stopped_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coupons_code_unique" UNIQUE("code"),
	CONSTRAINT "coupons_kind" CHECK ("coupons"."kind" in ('percent', 'fixed', 'free_shipping')),
	CONSTRAINT "coupons_percent" CHECK (("coupons"."kind" = 'percent') = coalesce("coupons"."basis_points" between 1 and 10000, false)),
	CONSTRAINT "coupons_fixed" CHECK (("coupons"."kind" = 'fixed') = coalesce("coupons"."amount_fen" > 0, false)),
	CONSTRAINT "coupons_threshold" CHECK ("coupons"."threshold_fen" >= 0),
	CONSTRAINT "coupons_window" CHECK ("coupons"."starts_at" < "coupons"."ends_at"),
	CONSTRAINT "coupons_limits" CHECK ("coupons"."uses_at_most" >= 1 and "coupons"."uses_per_customer" >= 1),
	CONSTRAINT "coupons_within_limit" CHECK ("coupons"."uses" between 0 and coalesce("coupons"."uses_at_most", "coupons"."uses"))
);
--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "discount_fen" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "coupon_code" text;--> statement-breakpoint
ALTER TABLE "coupon_customers" ADD CONSTRAINT "coupon_customers_coupon_id_coupons_id_fk" FOREIGN KEY ("coupon_id") REFERENCES "public"."coupons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_uses" ADD CONSTRAINT "coupon_uses_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupon_uses" ADD CONSTRAINT "coupon_uses_coupon_id_coupons_id_fk" FOREIGN KEY ("coupon_id") REFERENCES "public"."coupons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "coupon_uses_taken" ON "coupon_uses" USING btree ("coupon_id","taken_at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_discount" CHECK ("order_lines"."discount_fen" between 0 and "order_lines"."unit_price_fen" * "order_lines"."quantity");