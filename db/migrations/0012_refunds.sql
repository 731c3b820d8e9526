CREATE TABLE "refund_lines" (
	"request_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"quantity" integer NOT NULL,
	"restocked" boolean NOT NULL,
	CONSTRAINT "refund_lines_request_id_position_pk" PRIMARY KEY("request_id","position"),
	CONSTRAINT "refund_lines_quantity" CHECK ("refund_lines"."quantity" between 1 and 99)
);
--> statement-breakpoint
CREATE TABLE "refund_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"refund_due_id" uuid,
	"cause" text NOT NULL,
	"state" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"goods_fen" bigint NOT NULL,
	"discount_fen" bigint NOT NULL,
	"shipping_fen" bigint NOT NULL,
	"restock" boolean NOT NULL,
	"reason" text,
	"actor" text NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refund_requests_refundDueId_unique" UNIQUE("refund_due_id"),
	CONSTRAINT "refund_requests_cause" CHECK ("refund_requests"."cause" in ('staff', 'shopper', 'surplus', 'late')),
	CONSTRAINT "refund_requests_state" CHECK ("refund_requests"."state" in ('requested', 'approved', 'declined', 'withdrawn', 'goods_received', 'refunding', 'refunded')),
	CONSTRAINT "refund_requests_amount" CHECK ("refund_requests"."amount_fen" > 0 and "refund_requests"."amount_fen" = "refund_requests"."goods_fen" + "refund_requests"."shipping_fen"),
	CONSTRAINT "refund_requests_parts" CHECK ("refund_requests"."goods_fen" >= 0 and "refund_requests"."discount_fen" >= 0 and "refund_requests"."shipping_fen" >= 0),
	CONSTRAINT "refund_requests_due" CHECK (("refund_requests"."refund_due_id" is null) = ("refund_requests"."cause" in ('staff', 'shopper')))
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"refund_no" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"spent" boolean DEFAULT false NOT NULL,
	"provider_code" text,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"next_check_at" timestamp (3) with time zone,
	"refunded_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_refundNo_unique" UNIQUE("refund_no"),
	CONSTRAINT "refunds_sequence" UNIQUE("attempt_id","sequence"),
	CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('pending', 'processing', 'succeeded', 'failed', 'abnormal')),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_fen" > 0)
);
--> statement-breakpoint
ALTER TABLE "order_mails" DROP CONSTRAINT "order_mails_kind";--> statement-breakpoint
ALTER TABLE "payment_events" DROP CONSTRAINT "payment_events_outcome";--> statement-breakpoint
ALTER TABLE "payment_incidents" DROP CONSTRAINT "payment_incidents_kind";--> statement-breakpoint
ALTER TABLE "order_mails" DROP CONSTRAINT "order_mails_order_id_kind_pk";--> statement-breakpoint
ALTER TABLE "order_mails" ADD COLUMN "about" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "order_mails" ADD CONSTRAINT "order_mails_order_id_kind_about_pk" PRIMARY KEY("order_id","kind","about");--> statement-breakpoint
ALTER TABLE "order_events" ADD COLUMN "about" uuid;--> statement-breakpoint
ALTER TABLE "payment_incidents" ADD COLUMN "provider_code" text;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "refunding_fen" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_request_id_refund_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."refund_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_line" FOREIGN KEY ("order_id","position") REFERENCES "public"."order_lines"("order_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_refund_due_id_refunds_due_id_fk" FOREIGN KEY ("refund_due_id") REFERENCES "public"."refunds_due"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_request_id_refund_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."refund_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refund_lines_order" ON "refund_lines" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_requests_order" ON "refund_requests" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_requests_attempt" ON "refund_requests" USING btree ("attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_live" ON "refunds" USING btree ("request_id") WHERE "refunds"."state" in ('pending', 'processing', 'abnormal', 'succeeded');--> statement-breakpoint
CREATE INDEX "refunds_due_check" ON "refunds" USING btree ("next_check_at") WHERE "refunds"."next_check_at" is not null;--> statement-breakpoint
ALTER TABLE "order_mails" ADD CONSTRAINT "order_mails_kind" CHECK ("order_mails"."kind" in ('order_placed', 'order_paid', 'order_revived', 'order_expiring', 'order_cancelled', 'refund_sent', 'refund_arrived', 'refund_failed', 'refund_abnormal'));--> statement-breakpoint
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_outcome" CHECK ("payment_events"."outcome" in ('captured', 'surplus', 'late', 'refunded', 'refund_unasked'));--> statement-breakpoint
ALTER TABLE "payment_incidents" ADD CONSTRAINT "payment_incidents_kind" CHECK ("payment_incidents"."kind" in ('amount', 'currency', 'other_trade', 'refund_unasked', 'refund_failed', 'refund_abnormal'));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_refunding" CHECK ("payments"."refunding_fen" between 0 and "payments"."captured_fen" - "payments"."refunded_fen");