CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"request_id" text NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"secret_sha256" text NOT NULL,
	"hint" text NOT NULL,
	"previous_sha256" text,
	"previous_expire_time" timestamp (3) with time zone,
	"create_time" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expire_time" timestamp (3) with time zone,
	"rotate_time" timestamp (3) with time zone,
	"last_use_time" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "owner_days" (
	"owner" text NOT NULL,
	"day" date NOT NULL,
	"jobs" integer NOT NULL,
	CONSTRAINT "owner_days_owner_day_pk" PRIMARY KEY("owner","day")
);
--> statement-breakpoint
CREATE TABLE "owner_quotas" (
	"owner" text PRIMARY KEY NOT NULL,
	"jobs_per_day" bigint NOT NULL,
	"stored_bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_secret" ON "api_keys" USING btree ("secret_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_previous" ON "api_keys" USING btree ("previous_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_request" ON "api_keys" USING btree ("owner","request_id");--> statement-breakpoint
CREATE INDEX "api_keys_created" ON "api_keys" USING btree ("owner","create_time","id");