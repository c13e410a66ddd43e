CREATE TABLE "assets" (
	"song_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"position" integer NOT NULL,
	"owner" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"track_id" text NOT NULL,
	"object_key" text NOT NULL,
	"content_type" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "assets_song_id_revision_name_pk" PRIMARY KEY("song_id","revision","name")
);
--> statement-breakpoint
CREATE TABLE "job_events" (
	"job_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"stage" text NOT NULL,
	"percent" smallint NOT NULL,
	"agent" text NOT NULL,
	"detail" text NOT NULL,
	"time" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "job_events_job_id_seq_pk" PRIMARY KEY("job_id","seq")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"song_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"request" jsonb NOT NULL,
	"state" text NOT NULL,
	"stage" text NOT NULL,
	"percent" smallint DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"worker_deaths" integer DEFAULT 0 NOT NULL,
	"worker_id" text,
	"fencing_number" bigint DEFAULT 0 NOT NULL,
	"finished_by_fencing_number" bigint,
	"claimable_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_expire_time" timestamp (3) with time zone,
	"error_reason" text,
	"error_message" text,
	"plan" jsonb,
	"plan_approved" boolean DEFAULT false NOT NULL,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"score_key" text DEFAULT '' NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"last_event_seq" bigint DEFAULT 0 NOT NULL,
	"events_purged" boolean DEFAULT false NOT NULL,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"start_time" timestamp (3) with time zone,
	"end_time" timestamp (3) with time zone,
	CONSTRAINT "jobs_percent" CHECK ("jobs"."percent" BETWEEN 0 AND 100),
	CONSTRAINT "jobs_lease" CHECK (("jobs"."state" = 'running') = ("jobs"."lease_expire_time" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "objects" (
	"owner" text NOT NULL,
	"key" text NOT NULL,
	"location" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"content_type" text NOT NULL,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"use_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "objects_owner_key_pk" PRIMARY KEY("owner","key")
);
--> statement-breakpoint
CREATE TABLE "owner_turns" (
	"owner" text PRIMARY KEY NOT NULL,
	"claim_time" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_ids" (
	"owner" text NOT NULL,
	"request_id" text NOT NULL,
	"request_hash" text NOT NULL,
	"job_id" uuid NOT NULL,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "request_ids_owner_request_id_pk" PRIMARY KEY("owner","request_id")
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"song_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"base_revision" integer NOT NULL,
	"job_id" uuid NOT NULL,
	"title" text NOT NULL,
	"style" text NOT NULL,
	"score_key" text NOT NULL,
	"score_hash" text NOT NULL,
	"duration_ms" bigint NOT NULL,
	"content" jsonb NOT NULL,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revisions_song_id_number_pk" PRIMARY KEY("song_id","number")
);
--> statement-breakpoint
CREATE TABLE "songs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"title" text NOT NULL,
	"title_by_person" boolean DEFAULT false NOT NULL,
	"tags" text[] NOT NULL,
	"style" text DEFAULT '' NOT NULL,
	"prompt" text NOT NULL,
	"latest_revision" integer DEFAULT 0 NOT NULL,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"update_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"delete_time" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_song_id_revision_revisions_song_id_number_fk" FOREIGN KEY ("song_id","revision") REFERENCES "public"."revisions"("song_id","number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_events" ADD CONSTRAINT "job_events_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_song_id_songs_id_fk" FOREIGN KEY ("song_id") REFERENCES "public"."songs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_ids" ADD CONSTRAINT "request_ids_job_id_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_song_id_songs_id_fk" FOREIGN KEY ("song_id") REFERENCES "public"."songs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assets_of_object" ON "assets" USING btree ("owner","object_key");--> statement-breakpoint
CREATE INDEX "jobs_queued" ON "jobs" USING btree ("owner","create_time","id") WHERE "jobs"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "jobs_running" ON "jobs" USING btree ("owner") WHERE "jobs"."state" = 'running';--> statement-breakpoint
CREATE INDEX "jobs_leased" ON "jobs" USING btree ("lease_expire_time") WHERE "jobs"."state" = 'running';--> statement-breakpoint
CREATE INDEX "jobs_unfinished" ON "jobs" USING btree ("owner") WHERE "jobs"."end_time" IS NULL;--> statement-breakpoint
CREATE INDEX "jobs_created" ON "jobs" USING btree ("owner","create_time","id");--> statement-breakpoint
CREATE INDEX "jobs_of_song" ON "jobs" USING btree ("song_id","create_time","id");--> statement-breakpoint
CREATE INDEX "jobs_ended" ON "jobs" USING btree ("end_time") WHERE "jobs"."end_time" IS NOT NULL AND NOT "jobs"."events_purged";--> statement-breakpoint
CREATE UNIQUE INDEX "objects_location" ON "objects" USING btree ("location");--> statement-breakpoint
CREATE INDEX "objects_used" ON "objects" USING btree ("use_time","owner","key");--> statement-breakpoint
CREATE INDEX "request_ids_created" ON "request_ids" USING btree ("create_time");--> statement-breakpoint
CREATE INDEX "request_ids_of_job" ON "request_ids" USING btree ("job_id");--> statement-breakpoint
CREATE UNIQUE INDEX "revisions_of_job" ON "revisions" USING btree ("job_id");--> statement-breakpoint
CREATE INDEX "revisions_score" ON "revisions" USING btree ("score_key");--> statement-breakpoint
CREATE INDEX "songs_created" ON "songs" USING btree ("owner","create_time","id") WHERE "songs"."delete_time" IS NULL;--> statement-breakpoint
CREATE INDEX "songs_updated" ON "songs" USING btree ("owner","update_time","id") WHERE "songs"."delete_time" IS NULL;--> statement-breakpoint
CREATE INDEX "songs_titled" ON "songs" USING btree ("owner","title","id") WHERE "songs"."delete_time" IS NULL;--> statement-breakpoint
CREATE INDEX "songs_deleted" ON "songs" USING btree ("delete_time") WHERE "songs"."delete_time" IS NOT NULL;