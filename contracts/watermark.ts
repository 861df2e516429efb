/**
 * How far the stored truth has come. `epoch` names one life of the database (new after a reset or restore),
 * `seq` counts changes in commit order. Two watermarks of different epochs cannot be compared.
 */
export type Watermark = { epoch: string; seq: number };

export type WatermarkRelation = 'same' | 'behind' | 'ahead' | 'other_epoch';

/** Where `mine` stands towards `theirs`. */
export function compareWatermarks(mine: Watermark, theirs: Watermark): WatermarkRelation {
  if (mine.epoch !== theirs.epoch) return 'other_epoch';
  if (mine.seq === theirs.seq) return 'same';
  return mine.seq < theirs.seq ? 'behind' : 'ahead';
}
