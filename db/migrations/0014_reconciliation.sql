CREATE TABLE "bill_days" (
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"problem" text,
	"file_id" uuid,
	"payments" integer DEFAULT 0 NOT NULL,
	"refunds" integer DEFAULT 0 NOT NULL,
	"paid_fen" bigint DEFAULT 0 NOT NULL,
	"refunded_fen" bigint DEFAULT 0 NOT NULL,
	"fees_fen" bigint DEFAULT 0 NOT NULL,
	"fees_booked_fen" bigint DEFAULT 0 NOT NULL,
	"matched_at" timestamp (3) with time zone,
	CONSTRAINT "bill_days_provider_day_pk" PRIMARY KEY("provider","day"),
	CONSTRAINT "bill_days_state" CHECK ("bill_days"."state" in ('waiting', 'refused', 'matched')),
	CONSTRAINT "bill_days_matched" CHECK (("bill_days"."state" = 'matched') = ("bill_days"."matched_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "bill_differences" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"finding" text NOT NULL,
	"kind" text NOT NULL,
	"proposal" text NOT NULL,
	"subject" text NOT NULL,
	"line" integer,
	"attempt_id" uuid,
	"order_id" uuid,
	"billed_fen" bigint,
	"billed_fee_fen" bigint,
	"ours_fen" bigint,
	"detail" text,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"settled_by" text,
	"resolution" text,
	"note" text,
	CONSTRAINT "bill_differences_once" UNIQUE("provider","day","finding","subject"),
	CONSTRAINT "bill_differences_finding" CHECK ("bill_differences"."finding" in ('payment_foreign', 'payment_unknown', 'refund_foreign', 'payment_unbilled', 'refund_unbilled', 'payment_amount', 'refund_amount', 'payment_booking', 'refund_booking', 'payment_fee', 'refund_fee', 'payment_state', 'payment_trade', 'order_state', 'refund_state', 'payment_late', 'refund_late', 'payment_displaced', 'refund_displaced', 'line_doubled', 'line_unreadable')),
	CONSTRAINT "bill_differences_state" CHECK ("bill_differences"."state" in ('waiting', 'open', 'settled')),
	CONSTRAINT "bill_differences_settled" CHECK (case when "bill_differences"."state" = 'settled' then num_nulls("bill_differences"."settled_at", "bill_differences"."settled_by", "bill_differences"."resolution") = 0
        else num_nonnulls("bill_differences"."settled_at", "bill_differences"."settled_by", "bill_differences"."resolution") = 0 end)
);
--> statement-breakpoint
CREATE TABLE "bill_file_parts" (
	"file_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "bill_file_parts_file_id_position_pk" PRIMARY KEY("file_id","position")
);
--> statement-breakpoint
CREATE TABLE "bill_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"sha256" "bytea" NOT NULL,
	"bytes" bigint NOT NULL,
	"verdict" text DEFAULT 'unread' NOT NULL,
	"reason" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bill_files_once" UNIQUE("provider","day","sha256"),
	CONSTRAINT "bill_files_verdict" CHECK ("bill_files"."verdict" in ('unread', 'whole', 'corrupt')),
	CONSTRAINT "bill_files_reason" CHECK (("bill_files"."verdict" = 'corrupt') = ("bill_files"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "bill_lines" (
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"line" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"provider_trade_no" text NOT NULL,
	"out_trade_no" text,
	"refund_no" text,
	"amount_fen" bigint NOT NULL,
	"fee_fen" bigint NOT NULL,
	"completed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bill_lines_provider_day_line_pk" PRIMARY KEY("provider","day","line")
);
--> statement-breakpoint
ALTER TABLE "bill_days" ADD CONSTRAINT "bill_days_file_id_bill_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."bill_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bill_differences" ADD CONSTRAINT "bill_differences_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bill_differences" ADD CONSTRAINT "bill_differences_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bill_differences" ADD CONSTRAINT "bill_differences_provider_day_bill_days_provider_day_fk" FOREIGN KEY ("provider","day") REFERENCES "public"."bill_days"("provider","day") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bill_file_parts" ADD CONSTRAINT "bill_file_parts_file_id_bill_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."bill_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bill_days_due" ON "bill_days" USING btree ("next_try_at") WHERE "bill_days"."state" <> 'matched';--> statement-breakpoint
CREATE INDEX "bill_differences_unsettled" ON "bill_differences" USING btree ("opened_at") WHERE "bill_differences"."state" <> 'settled';--> statement-breakpoint
CREATE INDEX "bill_differences_order" ON "bill_differences" USING btree ("order_id") WHERE "bill_differences"."order_id" is not null;--> statement-breakpoint
CREATE INDEX "bill_lines_payment" ON "bill_lines" USING btree ("out_trade_no") WHERE "bill_lines"."kind" = 'payment';--> statement-breakpoint
CREATE INDEX "bill_lines_refund" ON "bill_lines" USING btree ("refund_no") WHERE "bill_lines"."kind" = 'refund';--> statement-breakpoint
CREATE INDEX "payment_events_occurred_at" ON "payment_events" USING brin ("occurred_at");--> statement-breakpoint
CREATE TRIGGER bill_file_parts_append_only BEFORE UPDATE OR DELETE ON bill_file_parts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
