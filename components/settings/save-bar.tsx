import { Button } from '../ui/button.tsx';

type SaveBarProps = {
  readonly changes: number;
  readonly faults: number;
  /** Why the last save failed, if it did. */
  readonly failure: string | null;
  readonly isSaving: boolean;
  readonly onDiscard: () => void;
  readonly onTry: () => void;
};

const countWords = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What is unsaved, and what can be done about it. It is always there, so that nothing moves when it is needed. */
export function SaveBar({ changes, faults, failure, isSaving, onDiscard, onTry }: SaveBarProps) {
  return (
    <div
      role="region"
      aria-label="Saving"
      className="foot-bar flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t bg-panel px-4 py-2.5 @2xl:px-6"
    >
      {/* On the left: toasts come on the right, and must never lie over what is about to be pressed. */}
      <div className="flex items-center gap-2">
        <Button type="submit" variant="primary" disabled={changes === 0 || isSaving}>
          {isSaving ? 'Saving…' : 'Save'}
        </Button>
        <Button disabled={changes === 0 || isSaving} onClick={onDiscard}>
          Discard
        </Button>
      </div>
      <div className="min-w-0 flex-1">
        <p role="status" aria-label="Unsaved changes" className={changes === 0 ? 'text-secondary' : 'font-medium'}>
          {changes === 0 ? 'Everything is saved' : countWords(changes, 'unsaved change')}
        </p>
        {failure !== null && (
          <p role="alert" className="text-quiet text-critical-ink">
            Not saved: {failure}
          </p>
        )}
        {failure === null && faults > 0 && (
          <p role="alert" className="text-quiet text-critical-ink">
            Not saved: {countWords(faults, 'value')} cannot be stored
          </p>
        )}
      </div>
      {/* Where there is no room for it, the tab of the same name is a finger's width away. */}
      <span className="hidden @2xl:block">
        <Button variant="ghost" onClick={onTry}>
          Try on history
        </Button>
      </span>
    </div>
  );
}
