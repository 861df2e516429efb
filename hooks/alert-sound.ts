import type { Severity } from '../contracts/alert.ts';
import { createSubscribers } from './subscribers.ts';

type Note = { readonly hertz: number; readonly atMs: number; readonly lastsMs: number };

/** Worse is higher, and has more notes: they can be told apart without looking. */
const TUNES: Readonly<Record<Severity, readonly Note[]>> = {
  warning: [{ hertz: 440, atMs: 0, lastsMs: 220 }],
  elevated: [
    { hertz: 587, atMs: 0, lastsMs: 150 },
    { hertz: 587, atMs: 200, lastsMs: 200 },
  ],
  critical: [
    { hertz: 880, atMs: 0, lastsMs: 130 },
    { hertz: 659, atMs: 170, lastsMs: 130 },
    { hertz: 880, atMs: 340, lastsMs: 260 },
  ],
};
const LOUDNESS = 0.22;
/** A tone that begins or ends at once clicks. */
const EDGE_SECONDS = 0.012;

/** `held_back`: the browser lets a page sound only after a click or key in it. */
export type SoundState = 'ready' | 'held_back' | 'unsupported';

/** Browsers count these as the reader's own doing; a scroll or a mouse that moves is not. */
const GESTURES = ['pointerup', 'keydown'] as const;

function createAlertSound() {
  const subscribers = createSubscribers();
  let context: AudioContext | undefined;
  let isArmed = false;

  const state = (): SoundState => {
    if (typeof AudioContext === 'undefined') return 'unsupported';
    return context?.state === 'running' ? 'ready' : 'held_back';
  };

  function disarm(): void {
    isArmed = false;
    for (const gesture of GESTURES) removeEventListener(gesture, unlock, { capture: true });
  }

  function unlock(): void {
    // Stays waiting where the browser does not count this as a gesture.
    void context?.resume().catch(() => {});
  }

  function settled(): void {
    if (state() === 'ready') disarm();
    subscribers.notify();
  }

  /** Makes ready to sound, as soon as the browser lets it. Again is harmless. */
  function arm(): void {
    if (typeof AudioContext === 'undefined') return;
    if (context === undefined) {
      context = new AudioContext();
      context.addEventListener('statechange', settled);
    }
    if (state() === 'ready' || isArmed) return;
    isArmed = true;
    for (const gesture of GESTURES) addEventListener(gesture, unlock, { capture: true });
    unlock();
  }

  function sound(to: AudioContext, { hertz, atMs, lastsMs }: Note): void {
    const starts = to.currentTime + atMs / 1_000;
    const ends = starts + lastsMs / 1_000;
    const tone = new OscillatorNode(to, { type: 'triangle', frequency: hertz });
    const loudness = new GainNode(to, { gain: 0 });
    loudness.gain.setValueAtTime(0, starts);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, starts + EDGE_SECONDS);
    loudness.gain.setValueAtTime(LOUDNESS, ends - EDGE_SECONDS);
    loudness.gain.linearRampToValueAtTime(0, ends);
    tone.connect(loudness).connect(to.destination);
    tone.start(starts);
    tone.stop(ends);
  }

  function play(severity: Severity): void {
    if (context?.state !== 'running') return;
    for (const note of TUNES[severity]) sound(context, note);
  }

  return {
    subscribe: subscribers.add,
    state,
    arm,
    /** Sounds now, or not at all: an alert's sound that comes late is a false one. */
    play,
    /** To be called on a click, by which the browser lets it. */
    async test(severity: Severity): Promise<void> {
      arm();
      await context?.resume();
      play(severity);
    },
  };
}

/** This tab's sound. Nothing of it is made before it is armed. */
export const alertSound = createAlertSound();
