import { namedIn } from '../../contracts/named-in.ts';
import type { AddressFault } from '../../hooks/address-faults.ts';
import { Button } from '../ui/button.tsx';

const NAME_WORDS: Readonly<Record<string, string>> = {
  tab: 'tab',
  severity: 'severity',
  type: 'type',
  market: 'market',
  sort: 'order',
  kickoffWithin: 'kickoff window',
  detectedWithin: 'detection window',
  kickoffFrom: 'kickoff',
  kickoffTo: 'kickoff',
  from: 'time of detection',
  to: 'time of detection',
  muted: 'choice of muted',
  alert: 'alert',
  eventId: 'event',
};

type AddressNoteProps = { readonly faults: readonly AddressFault[]; readonly onMend: () => void };

/** Says what the address asks for and the page had to leave out, instead of showing another list in silence. */
export function AddressNote({ faults, onMend }: AddressNoteProps) {
  if (faults.length === 0) return null;
  const [first, ...rest] = faults.map(({ name, value }) => `“${value}” is no ${namedIn(NAME_WORDS, name) ?? name}`);
  return (
    <output className="flex shrink-0 items-center gap-3 border-t bg-chip px-4 py-1.5 text-quiet @2xl:px-6">
      <span className="min-w-0">
        The address asks for something that does not exist and was left out: {[first, ...rest].join(', ')}.
      </span>
      <Button variant="ghost" size="quiet" className="ml-auto" onClick={onMend}>
        Mend the address
      </Button>
    </output>
  );
}
