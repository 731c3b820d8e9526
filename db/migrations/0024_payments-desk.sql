CREATE TABLE "figure_failures" (
	"day" date NOT NULL,
	"provider" text NOT NULL,
	"scene" text NOT NULL,
	"code" text NOT NULL,
	"attempts" integer NOT NULL,
	CONSTRAINT "figure_failures_day_provider_scene_code_pk" PRIMARY KEY("day","provider","scene","code")
);
--> statement-breakpoint
CREATE TABLE "incident_acts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_acts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" uuid NOT NULL,
	"act" text NOT NULL,
	"actor" text NOT NULL,
	"name" text NOT NULL,
	"words" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "incident_acts_act" CHECK ("incident_acts"."act" in ('taken', 'noted', 'settled'))
);
--> statement-breakpoint
CREATE TABLE "provider_checks" (
	"provider" text PRIMARY KEY NOT NULL,
	"findings" jsonb NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "failure_code" text;--> statement-breakpoint
ALTER TABLE "incident_acts" ADD CONSTRAINT "incident_acts_incident_id_payment_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."payment_incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_acts_incident" ON "incident_acts" USING btree ("incident_id","id");--> statement-breakpoint
CREATE INDEX "payment_messages_refused" ON "payment_messages" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "payment_messages"."verdict" = 'refused';
--> statement-breakpoint
CREATE TRIGGER incident_acts_append_only BEFORE UPDATE OR DELETE ON incident_acts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
