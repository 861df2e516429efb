import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useHydrated } from '../../hooks/use-desk-time.ts';

const THEMES = [
  { value: 'light', label: 'Light', Icon: Sun },
  { value: 'dark', label: 'Dark', Icon: Moon },
  { value: 'system', label: 'As the system', Icon: Monitor },
] as const;

/** Light, dark, or as the system says. The choice is known only to the browser, so the server marks none. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const isHydrated = useHydrated();
  return (
    <fieldset aria-label="Theme" className="flex gap-0.5">
      {THEMES.map(({ value, label, Icon }) => (
        <button
          key={value}
          type="button"
          aria-label={label}
          aria-pressed={isHydrated && theme === value}
          title={label}
          onClick={() => setTheme(value)}
          className="flex size-6 items-center justify-center rounded-sm text-secondary hover:text-ink aria-pressed:bg-chip aria-pressed:text-ink"
        >
          <Icon className="size-3.5" aria-hidden />
        </button>
      ))}
    </fieldset>
  );
}
