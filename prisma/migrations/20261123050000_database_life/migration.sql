-- Which cluster, timeline and database the epoch belongs to: another one means that this is a restored copy.
ALTER TABLE "watermark" ADD COLUMN "life" TEXT;
