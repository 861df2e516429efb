-- AlterTable
ALTER TABLE "watermark" ADD COLUMN     "events_deleted" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "mute" (
    "id" SERIAL NOT NULL,
    "event_id" INTEGER,
    "league_id" INTEGER,
    "bookmaker_id" INTEGER,
    "market" TEXT,
    "until" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "muted_at" TIMESTAMPTZ(3) NOT NULL,
    "muted_by" TEXT,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,
    "end_told" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "mute_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "mute_lifted_at_until_idx" ON "mute"("lifted_at", "until");

-- CreateIndex
CREATE INDEX "mute_event_id_idx" ON "mute"("event_id");

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_league_id_fkey" FOREIGN KEY ("league_id") REFERENCES "league"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_bookmaker_id_fkey" FOREIGN KEY ("bookmaker_id") REFERENCES "bookmaker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "mute" ADD CONSTRAINT "mute_scope" CHECK (
    num_nonnulls("event_id", "league_id", "bookmaker_id") = 1 AND ("market" IS NULL OR "event_id" IS NOT NULL)
    OR num_nonnulls("event_id", "league_id", "bookmaker_id") = 0 AND "market" IS NOT NULL
);
ALTER TABLE "mute" ADD CONSTRAINT "mute_has_an_end" CHECK ("until" IS NOT NULL OR "event_id" IS NOT NULL);
