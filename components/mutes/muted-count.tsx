import { openMuteList } from '../../hooks/mute-target.ts';
import { useMutes } from '../../hooks/use-mutes.ts';
import { Button } from '../ui/button.tsx';

/** How many mutes are in force; opens their list. Nothing while there is none. */
export function MutedCount() {
  const { data } = useMutes();
  if (data === undefined || data.mutes.length === 0) return null;
  const count = `${data.mutes.length}${data.nextCursor === null ? '' : '+'}`;
  return (
    <>
      <span aria-hidden className="hidden @lg:inline">
        ·
      </span>
      <Button
        variant="link"
        size="bare"
        aria-haspopup="dialog"
        className="font-normal! text-secondary!"
        onClick={openMuteList}
      >
        {count} muted
      </Button>
    </>
  );
}
