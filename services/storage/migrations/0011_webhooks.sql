CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"webhook_id" uuid NOT NULL,
	"type" text NOT NULL,
	"job_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"attempts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"next_attempt_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_expire_time" timestamp (3) with time zone,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"request_id" text NOT NULL,
	"url" text NOT NULL,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disable_time" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_event" ON "webhook_deliveries" USING btree ("webhook_id","job_id","seq");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_pending" ON "webhook_deliveries" USING btree ("next_attempt_time") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_leased" ON "webhook_deliveries" USING btree ("webhook_id","lease_expire_time") WHERE "webhook_deliveries"."lease_expire_time" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_created" ON "webhook_deliveries" USING btree ("webhook_id","create_time","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_ended" ON "webhook_deliveries" USING btree ("create_time") WHERE "webhook_deliveries"."state" <> 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "webhooks_request" ON "webhooks" USING btree ("owner","request_id");--> statement-breakpoint
CREATE INDEX "webhooks_created" ON "webhooks" USING btree ("owner","create_time");
--> statement-breakpoint
-- What owners are told is written with the event that it tells of, in one transaction: none is lost, none is told of in vain.
CREATE FUNCTION write_webhook_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
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
  WHERE jobs.id = NEW.job_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER job_events_webhooks AFTER INSERT ON job_events FOR EACH ROW
  WHEN (NEW.type = 'state' AND NEW.state IN ('succeeded', 'failed', 'cancelled', 'awaiting_approval'))
  EXECUTE FUNCTION write_webhook_deliveries();
