import { Pause, Play } from 'lucide-react';
import { ariaShortcut, bindingOf } from '../../hooks/keymap.ts';
import { KeyHint } from '../keys/key-hint.tsx';
import { Button } from '../ui/button.tsx';

type PauseButtonProps = { readonly isPaused: boolean; readonly onChange: (isPaused: boolean) => void };

/** Holds the list until it is pressed again. */
export function PauseButton({ isPaused, onChange }: PauseButtonProps) {
  return (
    <Button
      aria-pressed={isPaused}
      aria-keyshortcuts={ariaShortcut(bindingOf('pause'))}
      title={isPaused ? 'Let new alerts in again' : 'Hold the list as it is'}
      onClick={() => onChange(!isPaused)}
      className="aria-pressed:border-accent aria-pressed:text-accent"
    >
      {isPaused ? <Play /> : <Pause />}
      {/* One name in both states: whether it is pressed says the rest. */}
      <span className="sr-only @md:not-sr-only">Pause</span>
      <KeyHint command="pause" className="hidden @lg:inline-flex" />
    </Button>
  );
}
