CREATE TABLE "order_links" (
	"secret_hash" "bytea" PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_requestId_unique";--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_linkHash_unique";--> statement-breakpoint
ALTER TABLE "order_links" ADD CONSTRAINT "order_links_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_links_order" ON "order_links" USING btree ("order_id");--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "request_id";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "link_hash";--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "request_hash" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_requestHash_unique" UNIQUE("request_hash");