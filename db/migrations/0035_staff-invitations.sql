CREATE TABLE "staff_invitations" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"roles" text[] NOT NULL,
	"invited_by" uuid NOT NULL,
	"invited_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "staff_invitations_roles" CHECK ("staff_invitations"."roles" <@ array['owner', 'finance', 'orders', 'catalogue', 'support', 'auditor']::text[] and cardinality("staff_invitations"."roles") > 0)
);
--> statement-breakpoint
ALTER TABLE "account_links" DROP CONSTRAINT "account_links_kind";--> statement-breakpoint
ALTER TABLE "staff_invitations" ADD CONSTRAINT "staff_invitations_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_kind" CHECK ("account_links"."kind" in ('confirm', 'sign_in', 'reset', 'change_email', 'invite'));