-- CreateTable
CREATE TABLE "book_absence" (
    "event_id" INTEGER NOT NULL,
    "bookmaker_id" INTEGER NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "book_absence_pkey" PRIMARY KEY ("event_id","bookmaker_id","from_at")
);

-- AddForeignKey
ALTER TABLE "book_absence" ADD CONSTRAINT "book_absence_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_absence" ADD CONSTRAINT "book_absence_bookmaker_id_fkey" FOREIGN KEY ("bookmaker_id") REFERENCES "bookmaker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
