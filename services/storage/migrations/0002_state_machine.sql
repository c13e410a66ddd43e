ALTER TABLE "job_events" ADD COLUMN "fencing_number" bigint;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "worker_death_notes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "fencing_number" bigint;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_end" CHECK (("jobs"."state" IN ('succeeded', 'failed', 'cancelled')) = ("jobs"."end_time" IS NOT NULL));--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_revision" CHECK (("jobs"."state" = 'succeeded') = ("jobs"."revision" > 0));--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_error" CHECK (("jobs"."state" = 'failed') = ("jobs"."error_reason" IS NOT NULL));--> statement-breakpoint
-- The state machine of a job, as in src/jobs/job-state.ts: whatever the code does, a row takes no other way.
CREATE FUNCTION guard_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  claimed boolean := OLD.state = 'queued' AND NEW.state = 'running';
BEGIN
  IF NEW.state <> OLD.state AND OLD.state || ' -> ' || NEW.state <> ALL (ARRAY[
    'queued -> running', 'queued -> cancelled',
    'running -> queued', 'running -> awaiting_approval', 'running -> succeeded', 'running -> failed', 'running -> cancelled',
    'awaiting_approval -> queued', 'awaiting_approval -> cancelled',
    'failed -> queued', 'cancelled -> queued'
  ]) THEN
    RAISE EXCEPTION 'job % is % and cannot become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.fencing_number <> OLD.fencing_number + claimed::int THEN
    RAISE EXCEPTION 'fencing number of job % went from % to %: a claim raises it by one, and nothing else does',
      OLD.id, OLD.fencing_number, NEW.fencing_number USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.last_event_seq NOT IN (OLD.last_event_seq, OLD.last_event_seq + 1)
    OR NEW.last_event_seq = OLD.last_event_seq AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'events of job % went from % to %: one for each change, and for each change of state',
      OLD.id, OLD.last_event_seq, NEW.last_event_seq USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER jobs_guard BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION guard_job();
--> statement-breakpoint
-- The outbox: an event is what its job's row has just come to, told by the claim that runs the job or by no claim.
CREATE FUNCTION guard_job_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  job jobs%ROWTYPE;
  state_before text;
BEGIN
  SELECT * INTO job FROM jobs WHERE id = NEW.job_id;
  IF (NEW.seq, NEW.state, NEW.stage, NEW.percent) IS DISTINCT FROM (job.last_event_seq, job.state, job.stage, job.percent) THEN
    RAISE EXCEPTION 'event % of job % does not tell what the job has come to', NEW.seq, NEW.job_id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.fencing_number IS NOT NULL THEN
    SELECT state INTO state_before FROM job_events WHERE job_id = NEW.job_id AND seq = NEW.seq - 1;
    IF NEW.fencing_number <> job.fencing_number
      OR state_before IS DISTINCT FROM 'running' AND NOT (NEW.type = 'state' AND NEW.state = 'running') THEN
      RAISE EXCEPTION 'fencing number % does not hold job % any more', NEW.fencing_number, NEW.job_id USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER job_events_guard BEFORE INSERT ON job_events FOR EACH ROW EXECUTE FUNCTION guard_job_event();
--> statement-breakpoint
-- Looked at when the transaction commits: a change without its event, or a success without its revision, takes all back.
CREATE FUNCTION guard_job_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Gone since, with all that belongs to it.
  IF NOT EXISTS (SELECT FROM jobs WHERE id = NEW.id) THEN RETURN NULL; END IF;
  IF NEW.last_event_seq > 0 AND NOT EXISTS (SELECT FROM job_events WHERE job_id = NEW.id AND seq = NEW.last_event_seq) THEN
    RAISE EXCEPTION 'job % changed without event %', NEW.id, NEW.last_event_seq USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'succeeded' AND NOT EXISTS (
    SELECT FROM revisions WHERE job_id = NEW.id AND song_id = NEW.song_id AND number = NEW.revision
  ) THEN
    RAISE EXCEPTION 'job % succeeded without revision %', NEW.id, NEW.revision USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER jobs_told_at_first AFTER INSERT ON jobs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.last_event_seq > 0) EXECUTE FUNCTION guard_job_told();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER jobs_told AFTER UPDATE ON jobs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.last_event_seq <> OLD.last_event_seq) EXECUTE FUNCTION guard_job_told();
--> statement-breakpoint
-- Only the claim that runs a job publishes for it. Null is what the release before this one writes.
CREATE FUNCTION guard_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  job jobs%ROWTYPE;
BEGIN
  SELECT * INTO job FROM jobs WHERE id = NEW.job_id;
  IF FOUND AND (job.state <> 'running' OR job.song_id <> NEW.song_id
    OR COALESCE(NEW.fencing_number, job.fencing_number) <> job.fencing_number) THEN
    RAISE EXCEPTION 'fencing number % does not hold job % any more', NEW.fencing_number, NEW.job_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER revisions_guard BEFORE INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION guard_revision();
--> statement-breakpoint
-- An asset is an object that is stored, whole.
CREATE FUNCTION guard_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM objects
    WHERE owner = NEW.owner AND key = NEW.object_key AND size = NEW.size AND sha256 = NEW.sha256
  ) THEN
    RAISE EXCEPTION 'object % of asset % is not stored', NEW.object_key, NEW.name USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER assets_guard BEFORE INSERT ON assets FOR EACH ROW EXECUTE FUNCTION guard_asset();
