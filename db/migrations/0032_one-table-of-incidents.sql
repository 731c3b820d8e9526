ALTER TABLE "incidents" DROP CONSTRAINT "incidents_kind";--> statement-breakpoint
DROP INDEX "incidents_open";--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "attempt_id" uuid;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "event_id" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "provider_code" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "provider_trade_no" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "reported_fen" bigint;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "reported_currency" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_report" ON "incidents" USING btree ("attempt_id","kind","event_id","reported_fen","reported_currency") WHERE "incidents"."attempt_id" is not null;--> statement-breakpoint
CREATE INDEX "incidents_unsettled" ON "incidents" USING btree ("opened_at") WHERE "incidents"."settled_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_open" ON "incidents" USING btree ("kind","subject") WHERE "incidents"."settled_at" is null and "incidents"."attempt_id" is null;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_of_payment" CHECK (("incidents"."kind" in ('disputed_amount', 'disputed_currency', 'disputed_other_trade', 'refund_unasked', 'refund_failed', 'refund_abnormal')) = ("incidents"."attempt_id" is not null) and ("incidents"."attempt_id" is null or num_nulls("incidents"."event_id", "incidents"."provider_trade_no", "incidents"."reported_fen", "incidents"."reported_currency", "incidents"."source") = 0));--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_kind" CHECK ("incidents"."kind" in ('disputed_amount', 'disputed_currency', 'disputed_other_trade', 'refund_unasked', 'refund_failed', 'refund_abnormal', 'report_disputed', 'paid_twice', 'paid_after_end', 'messages_forged', 'sender_unlisted', 'provider_silent', 'provider_slow', 'provider_paused', 'notifications_missing', 'refunds_unusual', 'refund_pending', 'orders_from_one_place', 'coupon_burst', 'stock_negative', 'queue_late', 'jobs_dead', 'clock_drift', 'setup_doubtful', 'books_unsound', 'bill_differs', 'backup_old', 'drill_old', 'rule_broken'));
--> statement-breakpoint
INSERT INTO "incidents" (id, kind, subject, severity, evidence, owner, opened_at, last_seen_at, settled_at, attempt_id, event_id, provider_code, provider_trade_no, reported_fen, reported_currency, source)
SELECT told.id, CASE WHEN told.kind IN ('amount', 'currency', 'other_trade') THEN 'disputed_' || told.kind ELSE told.kind END,
	'order:' || orders.number, 'high',
	jsonb_build_object('provider', payment_attempts.provider, 'attempt', out_trade_no, 'trade', told.provider_trade_no, 'event', event_id,
		'reported', to_char(reported_fen / 100.0, 'FM999999999990.00') || ' ' || reported_currency,
		'asked', to_char(payment_attempts.amount_fen / 100.0, 'FM999999999990.00') || ' ' || payment_attempts.currency, 'source', source)
		|| CASE WHEN provider_code IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('code', provider_code) END,
	(SELECT substr(actor, 7) FROM incident_acts WHERE incident_id = told.id AND act = 'taken' ORDER BY incident_acts.id DESC LIMIT 1),
	opened_at, coalesce(told.settled_at, opened_at), told.settled_at, attempt_id, event_id, provider_code, told.provider_trade_no, reported_fen,
	reported_currency, source
FROM payment_incidents told JOIN payment_attempts ON payment_attempts.id = attempt_id JOIN payments ON payments.id = payment_id
	JOIN orders ON orders.id = order_id;
--> statement-breakpoint
INSERT INTO "incident_steps" (incident_id, step, actor, note, at)
SELECT incident_id, step, actor, note, at FROM (
	SELECT id AS incident_id, 'opened' AS step, 'system' AS actor, NULL AS note, opened_at AS at, 0 AS nth FROM payment_incidents
	UNION ALL SELECT incident_id, act, actor, words, at, id FROM incident_acts
	UNION ALL SELECT id, 'passed', 'system', NULL, settled_at, 9223372036854775807 FROM payment_incidents
		WHERE settled_at IS NOT NULL AND NOT EXISTS (SELECT FROM incident_acts WHERE incident_id = payment_incidents.id AND act = 'settled')
) AS history ORDER BY at, nth;
--> statement-breakpoint
DROP TABLE "incident_acts" CASCADE;--> statement-breakpoint
DROP TABLE "payment_incidents" CASCADE;