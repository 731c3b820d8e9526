CREATE TABLE "order_erasures" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"asked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "account_carts" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"cart" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_carts" ADD CONSTRAINT "account_carts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_carts" ADD CONSTRAINT "account_carts_cart_carts_token_hash_fk" FOREIGN KEY ("cart") REFERENCES "public"."carts"("token_hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_erasures_due" ON "order_erasures" USING btree ("asked_at") WHERE "order_erasures"."done_at" is null;--> statement-breakpoint
CREATE INDEX "account_carts_cart" ON "account_carts" USING btree ("cart");