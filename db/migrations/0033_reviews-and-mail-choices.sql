CREATE TABLE "mail_choices" (
	"email_hash" "bytea" NOT NULL,
	"topic" text NOT NULL,
	"wanted" boolean NOT NULL,
	"chosen_by" text NOT NULL,
	"chosen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_choices_email_hash_topic_pk" PRIMARY KEY("email_hash","topic"),
	CONSTRAINT "mail_choices_topic" CHECK ("mail_choices"."topic" in ('reminder', 'delivered', 'review')),
	CONSTRAINT "mail_choices_chosen_by" CHECK ("mail_choices"."chosen_by" in ('account', 'link'))
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"product_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"locale" text NOT NULL,
	"stars" smallint NOT NULL,
	"title" text NOT NULL,
	"words" text NOT NULL,
	"author" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"refusal" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "reviews_account_product" UNIQUE("account_id","product_id"),
	CONSTRAINT "reviews_locale" CHECK ("reviews"."locale" in ('en', 'fr', 'zh')),
	CONSTRAINT "reviews_state" CHECK ("reviews"."state" in ('pending', 'published', 'refused')),
	CONSTRAINT "reviews_stars" CHECK ("reviews"."stars" between 1 and 5),
	CONSTRAINT "reviews_lengths" CHECK (length("reviews"."title") between 1 and 120
        and length("reviews"."words") between 1 and 2000
        and length("reviews"."author") between 1 and 40),
	CONSTRAINT "reviews_refused_why" CHECK (("reviews"."state" = 'refused') = ("reviews"."refusal" is not null))
);
--> statement-breakpoint
ALTER TABLE "order_mails" DROP CONSTRAINT "order_mails_kind";--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_line" FOREIGN KEY ("order_id","position") REFERENCES "public"."order_lines"("order_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reviews_published" ON "reviews" USING btree ("product_id","written_at") WHERE "reviews"."state" = 'published';--> statement-breakpoint
CREATE INDEX "reviews_state" ON "reviews" USING btree ("state","changed_at","id");--> statement-breakpoint
CREATE INDEX "reviews_line_of" ON "reviews" USING btree ("order_id");--> statement-breakpoint
ALTER TABLE "order_mails" ADD CONSTRAINT "order_mails_kind" CHECK ("order_mails"."kind" in ('order_placed', 'order_paid', 'order_revived', 'order_expiring', 'order_cancelled', 'order_ticket', 'review_asked', 'refund_sent', 'refund_arrived', 'refund_failed', 'refund_abnormal', 'parcel_shipped', 'parcel_delivered', 'request_taken', 'request_approved', 'request_declined', 'request_received'));