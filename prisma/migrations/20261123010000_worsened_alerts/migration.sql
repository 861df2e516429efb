-- AlterTable
ALTER TABLE "alert" ADD COLUMN     "worsened_at" TIMESTAMPTZ(3);
