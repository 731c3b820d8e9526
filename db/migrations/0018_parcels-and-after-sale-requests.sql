CREATE TABLE "after_sale_lines" (
	"request_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"quantity" integer NOT NULL,
	CONSTRAINT "after_sale_lines_request_id_position_pk" PRIMARY KEY("request_id","position"),
	CONSTRAINT "after_sale_lines_quantity" CHECK ("after_sale_lines"."quantity" between 1 and 99)
);
--> statement-breakpoint
CREATE TABLE "after_sale_photos" (
	"name" text PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "after_sale_requests" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"words" text NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"received_by" text,
	"received_at" timestamp (3) with time zone,
	CONSTRAINT "after_sale_requests_kind" CHECK ("after_sale_requests"."kind" in ('cancellation', 'return', 'refund')),
	CONSTRAINT "after_sale_requests_reason" CHECK ("after_sale_requests"."reason" in ('changed_mind', 'ordered_by_mistake', 'too_slow', 'other', 'damaged', 'wrong_piece', 'not_as_described', 'missing', 'too_late')),
	CONSTRAINT "after_sale_requests_answered" CHECK (("after_sale_requests"."answered_at" is null) = ("after_sale_requests"."answered_by" is null)),
	CONSTRAINT "after_sale_requests_received" CHECK (("after_sale_requests"."received_at" is null) = ("after_sale_requests"."received_by" is null))
);
--> statement-breakpoint
CREATE TABLE "refund_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"wish" jsonb NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"reason" text,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "refund_proposals_decided" CHECK (("refund_proposals"."decision" is null) = ("refund_proposals"."decided_by" is null) and ("refund_proposals"."decision" is null) = ("refund_proposals"."decided_at" is null)),
	CONSTRAINT "refund_proposals_two_people" CHECK ("refund_proposals"."decision" is distinct from 'approved' or "refund_proposals"."decided_by" <> "refund_proposals"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "parcel_lines" (
	"parcel_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"quantity" integer NOT NULL,
	CONSTRAINT "parcel_lines_parcel_id_position_pk" PRIMARY KEY("parcel_id","position"),
	CONSTRAINT "parcel_lines_quantity" CHECK ("parcel_lines"."quantity" between 1 and 99)
);
--> statement-breakpoint
CREATE TABLE "parcels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text NOT NULL,
	"input_hash" "bytea" NOT NULL,
	"shipped_by" text NOT NULL,
	"shipped_at" timestamp (3) with time zone NOT NULL,
	"delivered_by" text,
	"delivered_at" timestamp (3) with time zone,
	"undone_by" text,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "parcels_sequence" UNIQUE("order_id","sequence"),
	CONSTRAINT "parcels_carrier" CHECK ("parcels"."carrier" in ('sf', 'zto', 'yto', 'yunda', 'sto', 'ems', 'jd', 'dhl', 'laposte', 'ups', 'fedex')),
	CONSTRAINT "parcels_delivered" CHECK (("parcels"."delivered_at" is null) = ("parcels"."delivered_by" is null)),
	CONSTRAINT "parcels_undone" CHECK (("parcels"."undone_at" is null) = ("parcels"."undone_by" is null)),
	CONSTRAINT "parcels_ended_once" CHECK ("parcels"."delivered_at" is null or "parcels"."undone_at" is null)
);
--> statement-breakpoint
ALTER TABLE "order_mails" DROP CONSTRAINT "order_mails_kind";--> statement-breakpoint
ALTER TABLE "refund_lines" ADD COLUMN "unsent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD COLUMN "came_back" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "after_sale_lines" ADD CONSTRAINT "after_sale_lines_request_id_after_sale_requests_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."after_sale_requests"("request_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "after_sale_lines" ADD CONSTRAINT "after_sale_lines_line" FOREIGN KEY ("order_id","position") REFERENCES "public"."order_lines"("order_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "after_sale_photos" ADD CONSTRAINT "after_sale_photos_request_id_after_sale_requests_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."after_sale_requests"("request_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "after_sale_requests" ADD CONSTRAINT "after_sale_requests_request_id_refund_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."refund_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_proposals" ADD CONSTRAINT "refund_proposals_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_lines" ADD CONSTRAINT "parcel_lines_parcel_id_parcels_id_fk" FOREIGN KEY ("parcel_id") REFERENCES "public"."parcels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_lines" ADD CONSTRAINT "parcel_lines_line" FOREIGN KEY ("order_id","position") REFERENCES "public"."order_lines"("order_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "after_sale_photos_request" ON "after_sale_photos" USING btree ("request_id","position");--> statement-breakpoint
CREATE INDEX "refund_proposals_order" ON "refund_proposals" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_proposals_request" ON "refund_proposals" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "refund_proposals_open" ON "refund_proposals" USING btree ("proposed_at") WHERE "refund_proposals"."decision" is null;--> statement-breakpoint
CREATE INDEX "parcel_lines_order" ON "parcel_lines" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "parcels_tracking" ON "parcels" USING btree ("tracking_number","carrier") WHERE "parcels"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "parcels_under_way" ON "parcels" USING btree ("shipped_at") WHERE "parcels"."delivered_at" is null and "parcels"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "orders_to_send" ON "orders" USING btree ("placed_at") WHERE "orders"."state" = 'confirmed' and "orders"."fulfilment" in ('unfulfilled', 'partial');--> statement-breakpoint
CREATE INDEX "orders_delivered" ON "orders" USING btree ("id") WHERE "orders"."state" = 'confirmed' and "orders"."fulfilment" = 'delivered';--> statement-breakpoint
CREATE INDEX "refund_requests_open" ON "refund_requests" USING btree ("requested_at") WHERE "refund_requests"."state" in ('requested', 'approved', 'goods_received');--> statement-breakpoint
ALTER TABLE "order_mails" ADD CONSTRAINT "order_mails_kind" CHECK ("order_mails"."kind" in ('order_placed', 'order_paid', 'order_revived', 'order_expiring', 'order_cancelled', 'refund_sent', 'refund_arrived', 'refund_failed', 'refund_abnormal', 'parcel_shipped', 'parcel_delivered', 'request_taken', 'request_approved', 'request_declined', 'request_received'));--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_unsent" CHECK ("refund_lines"."unsent" >= 0 and "refund_lines"."came_back" >= 0);--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_places" CHECK ("refund_lines"."unsent" + "refund_lines"."came_back" <= "refund_lines"."quantity");