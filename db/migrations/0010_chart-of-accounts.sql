ALTER TABLE "ledger_entries" DROP CONSTRAINT "ledger_entries_account";--> statement-breakpoint
ALTER TABLE "journals" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "journals" ALTER COLUMN "payment_event_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "journals" ADD COLUMN "reference" text;--> statement-breakpoint
CREATE UNIQUE INDEX "journals_reference" ON "journals" USING btree ("reference") WHERE "journals"."reference" is not null;--> statement-breakpoint
ALTER TABLE "journals" ADD CONSTRAINT "journals_kind" CHECK ("journals"."kind" in ('capture', 'refund_requested', 'refund_failed', 'surplus', 'surplus_returned', 'surplus_return_failed', 'refund_sent', 'fee', 'fee_returned', 'correction'));--> statement-breakpoint
ALTER TABLE "journals" ADD CONSTRAINT "journals_source" CHECK (num_nonnulls("journals"."payment_event_id", "journals"."reference") = 1);--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account" CHECK ("ledger_entries"."account" in ('clearing', 'sales', 'shipping', 'discounts', 'surplus', 'refunds_payable', 'fees', 'suspense'));