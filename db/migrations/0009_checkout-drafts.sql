CREATE TABLE "checkout_drafts" (
	"cart" "bytea" PRIMARY KEY NOT NULL,
	"draft" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "checkout_drafts" ADD CONSTRAINT "checkout_drafts_cart_carts_token_hash_fk" FOREIGN KEY ("cart") REFERENCES "public"."carts"("token_hash") ON DELETE cascade ON UPDATE no action;
