-- A journal is booked with every payment: a trigger for each row costs a third of one that gathers the rows first.
DROP TRIGGER journals_await_seal ON journals;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO unsealed_journals (journal_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER journals_await_seal AFTER INSERT ON journals FOR EACH ROW EXECUTE FUNCTION await_seal();
