ALTER TABLE "webhooks" ADD COLUMN "job_id" uuid;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "webhooks_of_job" ON "webhooks" USING btree ("job_id");
--> statement-breakpoint
-- A webhook of one job is told of no other.
CREATE OR REPLACE FUNCTION write_webhook_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO webhook_deliveries (id, webhook_id, type, job_id, seq, payload)
  SELECT gen_random_uuid(), webhooks.id, 'job.' || NEW.state, NEW.job_id, NEW.seq, jsonb_build_object(
    'type', 'job.' || NEW.state,
    'timestamp', to_char(NEW.time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', jsonb_build_object(
      'job', jobs.id, 'song', jobs.song_id, 'seq', NEW.seq, 'state', NEW.state, 'revision', jobs.revision,
      'error', CASE WHEN jobs.error_reason IS NULL THEN NULL
        ELSE jsonb_build_object('reason', jobs.error_reason, 'message', coalesce(jobs.error_message, '')) END))
  FROM jobs JOIN webhooks ON webhooks.owner = jobs.owner AND webhooks.disable_time IS NULL
    AND (webhooks.job_id IS NULL OR webhooks.job_id = jobs.id)
  WHERE jobs.id = NEW.job_id;
  RETURN NULL;
END
$$;
