-- CreateTable
CREATE TABLE "saved_view" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "sort" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" TEXT,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- What the Prisma schema cannot say: to a trader two names that differ in case are one.
CREATE UNIQUE INDEX "saved_view_name_key" ON "saved_view"(lower("name"));
