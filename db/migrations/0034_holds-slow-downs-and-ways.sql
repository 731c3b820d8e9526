CREATE TABLE "hidden_ways" (
	"way" text PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offering_overrides" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "limit_refusals" (
	"source" text NOT NULL,
	"limit_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_holds" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"reasons" jsonb NOT NULL,
	"held_by" text NOT NULL,
	"held_at" timestamp (3) with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	"note" text,
	CONSTRAINT "order_holds_end" CHECK (("order_holds"."ended_at" is null) = ("order_holds"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "risk_marks" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slowed_sources" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"source" text NOT NULL,
	"refusals" integer NOT NULL,
	"slowed_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"ended_by" text
);
--> statement-breakpoint
ALTER TABLE "incidents" DROP CONSTRAINT "incidents_kind";--> statement-breakpoint
ALTER TABLE "provider_calls" ADD COLUMN "scene" text;--> statement-breakpoint
ALTER TABLE "provider_calls" ADD COLUMN "order_number" text;--> statement-breakpoint
ALTER TABLE "provider_calls" ADD COLUMN "refused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_holds" ADD CONSTRAINT "order_holds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "offering_overrides_until" ON "offering_overrides" USING btree ("until");--> statement-breakpoint
CREATE INDEX "limit_refusals_at" ON "limit_refusals" USING btree ("at");--> statement-breakpoint
CREATE INDEX "order_holds_open" ON "order_holds" USING btree ("held_at") WHERE "order_holds"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "slowed_sources_until" ON "slowed_sources" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "slowed_sources_once" ON "slowed_sources" USING btree ("source","slowed_at");--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_kind" CHECK ("incidents"."kind" in ('disputed_amount', 'disputed_currency', 'disputed_other_trade', 'refund_unasked', 'refund_failed', 'refund_abnormal', 'report_disputed', 'paid_twice', 'paid_after_end', 'messages_forged', 'sender_unlisted', 'provider_silent', 'provider_slow', 'provider_paused', 'method_failing', 'order_held', 'source_slowed', 'notifications_missing', 'refunds_unusual', 'refund_pending', 'orders_from_one_place', 'coupon_burst', 'stock_negative', 'queue_late', 'jobs_dead', 'clock_drift', 'setup_doubtful', 'books_unsound', 'bill_differs', 'backup_old', 'drill_old', 'rule_broken'));