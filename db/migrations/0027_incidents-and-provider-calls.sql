CREATE TABLE "incident_calls" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_calls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"failure" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident_sightings" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"occurrence" text NOT NULL,
	"incident_id" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_sightings_kind_subject_occurrence_pk" PRIMARY KEY("kind","subject","occurrence")
);
--> statement-breakpoint
CREATE TABLE "incident_steps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_steps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" uuid NOT NULL,
	"step" text NOT NULL,
	"actor" text NOT NULL,
	"note" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_steps_step" CHECK ("incident_steps"."step" in ('opened', 'taken', 'noted', 'acted', 'undone', 'settled', 'passed'))
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"severity" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"owner" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "incidents_kind" CHECK ("incidents"."kind" in ('report_disputed', 'paid_twice', 'paid_after_end', 'messages_forged', 'sender_unlisted', 'provider_silent', 'provider_slow', 'provider_paused', 'notifications_missing', 'refunds_unusual', 'refund_pending', 'orders_from_one_place', 'coupon_burst', 'stock_negative', 'queue_late', 'jobs_dead', 'clock_drift', 'setup_doubtful', 'books_unsound', 'bill_differs', 'backup_old', 'drill_old', 'rule_broken')),
	CONSTRAINT "incidents_count" CHECK ("incidents"."count" >= 1)
);
--> statement-breakpoint
CREATE TABLE "provider_calls" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "provider_calls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"provider" text NOT NULL,
	"call" text NOT NULL,
	"answered" boolean NOT NULL,
	"took_ms" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "provider_calls_provider" CHECK ("provider_calls"."provider" in ('alipay', 'wechatpay', 'unionpay'))
);
--> statement-breakpoint
CREATE TABLE "provider_pauses" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"provider" text NOT NULL,
	"reason" text NOT NULL,
	"paused_by" text NOT NULL,
	"paused_at" timestamp (3) with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "provider_pauses_end" CHECK (("provider_pauses"."ended_at" is null) = ("provider_pauses"."ended_by" is null))
);
--> statement-breakpoint
ALTER TABLE "incident_calls" ADD CONSTRAINT "incident_calls_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_sightings" ADD CONSTRAINT "incident_sightings_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_steps" ADD CONSTRAINT "incident_steps_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_calls_incident" ON "incident_calls" USING btree ("incident_id","id");--> statement-breakpoint
CREATE INDEX "incident_steps_incident" ON "incident_steps" USING btree ("incident_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_open" ON "incidents" USING btree ("kind","subject") WHERE "incidents"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "incidents_opened_at" ON "incidents" USING btree ("opened_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "provider_calls_latest" ON "provider_calls" USING btree ("provider","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "provider_pauses_open" ON "provider_pauses" USING btree ("provider") WHERE "provider_pauses"."ended_at" is null;--> statement-breakpoint
CREATE TRIGGER incident_calls_append_only BEFORE UPDATE OR DELETE ON incident_calls FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER incident_steps_append_only BEFORE UPDATE OR DELETE ON incident_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();