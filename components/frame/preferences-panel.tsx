import { useTheme } from 'next-themes';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { DENSITIES, MAX_TRADER_CHARACTERS, ODDS_FORMATS, TIME_ZONES } from '../../hooks/preferences.ts';
import { choosePreferences, usePreferences } from '../../hooks/use-preferences.ts';
import { Input } from '../ui/field.tsx';
import { type Choice, ChoiceRow } from './choice-row.tsx';
import { NotificationChoice } from './notification-choice.tsx';
import { SoundChoices } from './sound-choices.tsx';

const ODDS_WORDS = {
  decimal: { words: 'Decimal', example: '2.10' },
  fractional: { words: 'Fractional', example: '11/10' },
  american: { words: 'American', example: '+110' },
  percent: { words: 'Implied', example: '47.6%' },
} as const;
const ODDS_CHOICES = ODDS_FORMATS.map((value) => ({ value, ...ODDS_WORDS[value] }));

const TIME_WORDS = { local: 'Local', utc: 'UTC' } as const;
const TIME_CHOICES = TIME_ZONES.map((value) => ({ value, words: TIME_WORDS[value] }));

const DENSITY_WORDS = { comfortable: 'Comfortable', compact: 'Compact' } as const;
const DENSITY_CHOICES = DENSITIES.map((value) => ({ value, words: DENSITY_WORDS[value] }));

const THEMES = ['light', 'dark', 'system'] as const;
const THEME_WORDS = { light: 'Light', dark: 'Dark', system: 'System' } as const;
const THEME_CHOICES: readonly Choice<(typeof THEMES)[number]>[] = THEMES.map((value) => ({
  value,
  words: THEME_WORDS[value],
}));

type PreferencesPanelProps = {
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** How this trader reads the desk: each choice holds at once, in all tabs of this browser. */
export default function PreferencesPanel({ trigger, isOpen, onOpenChange }: PreferencesPanelProps) {
  const { odds, times, density, trader } = usePreferences();
  const { theme, setTheme } = useTheme();
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Preferences"
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="scroll-quiet z-50 flex max-h-(--radix-popover-content-available-height) w-76 max-w-[calc(100vw-1rem)] flex-col gap-4 overflow-y-auto rounded-md border border-rule-strong bg-panel p-4 shadow-lg outline-none duration-100 data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          <label className="flex flex-col gap-1.5 text-quiet font-medium text-secondary">
            Your name, as the desk reads it
            <Input
              value={trader}
              placeholder="desk"
              autoComplete="nickname"
              maxLength={MAX_TRADER_CHARACTERS}
              onChange={(event) => choosePreferences({ trader: event.target.value })}
            />
          </label>
          <ChoiceRow
            label="Odds"
            choices={ODDS_CHOICES}
            chosen={odds}
            onChoose={(value) => choosePreferences({ odds: value })}
          />
          <ChoiceRow
            label="Times"
            choices={TIME_CHOICES}
            chosen={times}
            onChoose={(value) => choosePreferences({ times: value })}
          />
          <ChoiceRow
            label="Rows"
            choices={DENSITY_CHOICES}
            chosen={density}
            onChoose={(value) => choosePreferences({ density: value })}
          />
          <ChoiceRow
            label="Theme"
            choices={THEME_CHOICES}
            chosen={THEMES.find((known) => known === theme) ?? 'system'}
            onChoose={setTheme}
          />
          <SoundChoices />
          <NotificationChoice />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
