-- Events, revisions and assets are immutable.
CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are immutable', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER job_events_immutable BEFORE UPDATE ON job_events FOR EACH ROW EXECUTE FUNCTION refuse_update();
--> statement-breakpoint
CREATE TRIGGER revisions_immutable BEFORE UPDATE ON revisions FOR EACH ROW EXECUTE FUNCTION refuse_update();
--> statement-breakpoint
CREATE TRIGGER assets_immutable BEFORE UPDATE ON assets FOR EACH ROW EXECUTE FUNCTION refuse_update();
--> statement-breakpoint
-- Search in titles and prompts is fast where the extension is at hand; without it each search reads the owner's songs.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX songs_title_text ON songs USING gin (title gin_trgm_ops) WHERE delete_time IS NULL;
    CREATE INDEX songs_prompt_text ON songs USING gin (prompt gin_trgm_ops) WHERE delete_time IS NULL;
  ELSE
    RAISE NOTICE 'pg_trgm is not available: song search goes without a trigram index';
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'pg_trgm may not be installed by this user: song search goes without a trigram index';
END
$$;
