import { openMuteList } from '../../hooks/mute-target.ts';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { Button } from '../ui/button.tsx';

/** How many mutes are in force; opens their list. Nothing while there is none. */
export function MutedCount() {
  const mutes = useDesk()?.mutes ?? 0;
  if (mutes === 0) return null;
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
        {mutes} muted
      </Button>
    </>
  );
}
