CREATE TABLE "parcel_imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"columns" jsonb NOT NULL,
	"sent" integer NOT NULL,
	"repeated" integer NOT NULL,
	"bad" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "recalled_at" timestamp (3) with time zone;