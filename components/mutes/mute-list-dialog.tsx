import { BellRing } from 'lucide-react';
import type { Mute } from '../../contracts/mute.ts';
import { useMutes, useMuting } from '../../hooks/use-mutes.ts';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Notice } from '../states/notice.tsx';
import { TimeLeft } from '../time/age.tsx';
import { Clock } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { SCOPE_KIND_WORDS, scopeWords } from '../words/mute-words.ts';

function MuteItem({ mute, onLift }: { readonly mute: Mute; readonly onLift: () => void }) {
  const words = scopeWords(mute.scope, mute.event);
  return (
    <li aria-label={words} className="flex items-center gap-3 border-t py-2.5 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          <bdi>{words}</bdi>
        </p>
        <p className="text-quiet text-secondary">
          {SCOPE_KIND_WORDS[mute.scope.kind]} · until {mute.until === 'kickoff' && 'kickoff '}
          <Clock at={mute.endsAt} /> (<TimeLeft until={mute.endsAt} />)
          {mute.mutedBy !== null && <> · by {mute.mutedBy}</>}
        </p>
        {mute.reason !== '' && <p className="text-quiet break-words text-secondary">“{mute.reason}”</p>}
      </div>
      <Button size="quiet" aria-label={`Unmute ${words}`} onClick={onLift}>
        Unmute
      </Button>
    </li>
  );
}

function quietWords(alerts: number): string {
  if (alerts === 0) return 'No alert is';
  return alerts === 1 ? '1 alert is' : `${alerts} alerts are`;
}

/** The mutes in force with their ends. Loaded when it is first asked for. */
export default function MuteListDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, error, refetch } = useMutes();
  const { lift } = useMuting();
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Muted">
      <div className="mt-3">
        {data === undefined && error === null && <Skeleton className="h-12" />}
        {data === undefined && error !== null && (
          <Failure
            title="The mutes could not be read"
            reason={reasonOf(error)}
            onRetry={() => void refetch()} // a failure shows here again
          />
        )}
        {data?.mutes.length === 0 && (
          <Notice icon={<BellRing />} title="Nothing is muted">
            Mute an event, a league, a bookmaker or a market from any alert.
          </Notice>
        )}
        {data !== undefined && data.mutes.length > 0 && (
          <>
            <ul aria-label="Mutes in force">
              {data.mutes.map((mute) => (
                <MuteItem key={mute.id} mute={mute} onLift={() => void lift(mute)} />
              ))}
            </ul>
            <p className="mt-2 border-t pt-3 text-quiet text-secondary">
              {quietWords(data.mutedAlerts)} kept quiet.
              {data.nextCursor !== null && ' Only the newest mutes are listed.'}
            </p>
          </>
        )}
      </div>
    </Dialog>
  );
}
