import { useState } from 'react';
import type { MuteTarget } from '../../hooks/mute-target.ts';
import { useMuting } from '../../hooks/use-mutes.ts';
import { Dialog } from '../ui/dialog.tsx';
import { MuteFoot, MuteLength, NOT_AHEAD, firstLength, untilAhead } from './mute-length.tsx';

type MuteEventsDialogProps = { readonly targets: readonly MuteTarget[]; readonly onClose: () => void };

/** How long to keep several events quiet, and why. Loaded when it is first asked for. */
export default function MuteEventsDialog({ targets, onClose }: MuteEventsDialogProps) {
  const [length, setLength] = useState(firstLength);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { muteEvents } = useMuting();

  async function send(): Promise<void> {
    const until = untilAhead(length);
    if (until === null) return setProblem(NOT_AHEAD);
    setProblem(null);
    setIsSending(true);
    const isDone = await muteEvents(
      targets.map(({ eventId }) => eventId),
      { until, reason: length.reason.trim() },
    );
    setIsSending(false);
    if (isDone) onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Mute ${targets.length} events`}
      description="Each gets a mute of its own, to be lifted one by one or all together by Undo."
    >
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send(); // a failure is told in a toast
        }}
      >
        <ul aria-label="Events to mute" className="scroll-quiet max-h-48 overflow-y-auto">
          {targets.map(({ eventId, event }) => (
            <li key={eventId} className="truncate py-0.5">
              <bdi>{event.home}</bdi> v <bdi>{event.away}</bdi> <span className="text-secondary">· {event.league}</span>
            </li>
          ))}
        </ul>
        <MuteLength length={length} onChange={setLength} hasKickoff className="mt-3 border-t pt-3" />
        <MuteFoot problem={problem} isSending={isSending} onClose={onClose} />
      </form>
    </Dialog>
  );
}
