-- The first schema. Tables whose rows are updated in place all day keep free space on every page (fillfactor),
-- so that an update stays on its page and touches no index. Alerts are vacuumed early: lists and counts are read
-- from indexes alone, which only spares the table where vacuum has been.

-- CreateEnum
CREATE TYPE "quote_state" AS ENUM ('open', 'suspended', 'removed');

-- CreateEnum
CREATE TYPE "alert_type" AS ENUM ('price_change', 'direction_disagreement', 'availability', 'off_market', 'lagging', 'feed_silent');

-- CreateEnum
CREATE TYPE "alert_availability" AS ENUM ('suspended', 'removed', 'returned');

-- CreateTable
CREATE TABLE "bookmaker" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bookmaker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "league" (
    "id" SERIAL NOT NULL,
    "sport" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "league_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" SERIAL NOT NULL,
    "source_key" TEXT NOT NULL,
    "league_id" INTEGER NOT NULL,
    "home" TEXT NOT NULL,
    "away" TEXT NOT NULL,
    "kickoff" TIMESTAMPTZ(3) NOT NULL,
    "search_text" TEXT NOT NULL,
    "odds_version" BIGINT NOT NULL DEFAULT 0,
    "last_price_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "book_presence" (
    "event_id" INTEGER NOT NULL,
    "bookmaker_id" INTEGER NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "book_presence_pkey" PRIMARY KEY ("event_id","bookmaker_id")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "odds_current" (
    "id" SERIAL NOT NULL,
    "event_id" INTEGER NOT NULL,
    "bookmaker_id" INTEGER NOT NULL,
    "market" TEXT NOT NULL,
    "line" DOUBLE PRECISION,
    "state" "quote_state" NOT NULL,
    "outcomes" JSONB NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "upstream_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "odds_current_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "odds_history" (
    "id" BIGSERIAL NOT NULL,
    "quote_id" INTEGER NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "quote_state" NOT NULL,
    "outcomes" JSONB NOT NULL,

    CONSTRAINT "odds_history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "detection_state" (
    "event_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "detection_state_pkey" PRIMARY KEY ("event_id","key")
) WITH (fillfactor = 80);

-- CreateTable
CREATE TABLE "alert" (
    "id" BIGSERIAL NOT NULL,
    "alert_key" TEXT NOT NULL,
    "event_id" INTEGER NOT NULL,
    "league_id" INTEGER NOT NULL,
    "bookmaker_id" INTEGER NOT NULL,
    "market" TEXT NOT NULL,
    "line" DOUBLE PRECISION,
    "outcome" TEXT,
    "type" "alert_type" NOT NULL,
    "severity" SMALLINT NOT NULL,
    "kickoff" TIMESTAMPTZ(3) NOT NULL,
    "change_basis_points" INTEGER,
    "probability_basis_points" INTEGER,
    "old_milli_odds" INTEGER,
    "new_milli_odds" INTEGER,
    "competitor" JSONB,
    "availability" "alert_availability",
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "explanation" JSONB NOT NULL,
    "detected_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,
    "note" TEXT,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
) WITH (autovacuum_vacuum_scale_factor = 0.03, autovacuum_vacuum_insert_scale_factor = 0.03, autovacuum_analyze_scale_factor = 0.03);

-- CreateTable
CREATE TABLE "watermark" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "odds_version" BIGINT NOT NULL,
    "alert_total" BIGINT NOT NULL,
    "kickoffs_passed" TIMESTAMPTZ(3) NOT NULL,
    "changes_from" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "watermark_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- CreateTable
CREATE TABLE "ingest_batch" (
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ingest_batch_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "settings_revision" (
    "id" SERIAL NOT NULL,
    "settings" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT,

    CONSTRAINT "settings_revision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "bookmaker_name_key" ON "bookmaker"("name");

-- CreateIndex
CREATE UNIQUE INDEX "league_sport_country_name_key" ON "league"("sport", "country", "name");

-- CreateIndex
CREATE UNIQUE INDEX "event_source_key_key" ON "event"("source_key");

-- CreateIndex
CREATE INDEX "event_kickoff_id_idx" ON "event"("kickoff", "id");

-- CreateIndex
CREATE INDEX "event_league_id_idx" ON "event"("league_id");

-- CreateIndex
CREATE INDEX "event_odds_version_idx" ON "event" USING BRIN ("odds_version") WITH (pages_per_range = 8, autosummarize = on);

-- CreateIndex
-- NULLS NOT DISTINCT: a market without a line is one row too.
CREATE UNIQUE INDEX "odds_current_event_id_bookmaker_id_market_line_key" ON "odds_current"("event_id", "bookmaker_id", "market", "line") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "odds_history_quote_id_observed_at_idx" ON "odds_history"("quote_id", "observed_at");

-- CreateIndex
CREATE INDEX "odds_history_observed_at_idx" ON "odds_history" USING BRIN ("observed_at") WITH (autosummarize = on);

-- CreateIndex
CREATE UNIQUE INDEX "alert_alert_key_key" ON "alert"("alert_key");

-- CreateIndex
-- Each order of the list has an index that also holds every column a filter asks for.
CREATE INDEX "alert_by_detected" ON "alert"("detected_at" DESC, "id" DESC, "kickoff", "acknowledged_at", "severity", "type", "event_id", "league_id", "bookmaker_id", "market");

-- CreateIndex
CREATE INDEX "alert_by_severity" ON "alert"("severity" DESC, "detected_at" DESC, "id" DESC, "kickoff", "acknowledged_at", "type", "event_id", "league_id", "bookmaker_id", "market");

-- CreateIndex
CREATE INDEX "alert_by_kickoff" ON "alert"("kickoff", "id", "acknowledged_at", "severity", "type", "event_id", "league_id", "bookmaker_id", "market", "detected_at");

-- CreateIndex
CREATE INDEX "alert_by_event" ON "alert"("event_id", "detected_at" DESC, "id" DESC, "kickoff", "acknowledged_at", "severity", "type", "league_id", "bookmaker_id", "market");

-- CreateIndex
CREATE INDEX "alert_counts" ON "alert"("kickoff", "acknowledged_at", "severity", "type");

-- CreateIndex
CREATE INDEX "alert_by_seq" ON "alert"("seq", "event_id", "severity");

-- CreateIndex
CREATE INDEX "ingest_batch_created_at_idx" ON "ingest_batch"("created_at");

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_league_id_fkey" FOREIGN KEY ("league_id") REFERENCES "league"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_presence" ADD CONSTRAINT "book_presence_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_presence" ADD CONSTRAINT "book_presence_bookmaker_id_fkey" FOREIGN KEY ("bookmaker_id") REFERENCES "bookmaker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "odds_current" ADD CONSTRAINT "odds_current_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "odds_current" ADD CONSTRAINT "odds_current_bookmaker_id_fkey" FOREIGN KEY ("bookmaker_id") REFERENCES "bookmaker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "odds_history" ADD CONSTRAINT "odds_history_quote_id_fkey" FOREIGN KEY ("quote_id") REFERENCES "odds_current"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "detection_state" ADD CONSTRAINT "detection_state_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_bookmaker_id_fkey" FOREIGN KEY ("bookmaker_id") REFERENCES "bookmaker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.

-- Prefix search over teams, league and country. No fastupdate: a search must not pay for the pending list.
CREATE INDEX "event_search_text_idx" ON "event" USING GIN (to_tsvector('simple', "search_text")) WITH (fastupdate = off);

ALTER TABLE "watermark" ADD CONSTRAINT "watermark_one_row" CHECK ("id" = 1);
ALTER TABLE "alert" ADD CONSTRAINT "alert_severity_rank" CHECK ("severity" BETWEEN 0 AND 2);

INSERT INTO "watermark" ("id", "epoch", "seq", "odds_version", "alert_total", "kickoffs_passed")
VALUES (1, gen_random_uuid()::text, 0, 0, 0, now());
