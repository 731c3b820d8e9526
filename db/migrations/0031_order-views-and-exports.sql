ALTER TABLE "order_exports" ADD COLUMN "expected" integer;--> statement-breakpoint
ALTER TABLE "order_views" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_exports" DROP COLUMN "order_ids";