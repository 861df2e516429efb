import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { ToggleGroup } from 'radix-ui';
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
    <ToggleGroup.Root
      type="single"
      aria-label="Theme"
      value={isHydrated ? (theme ?? 'system') : ''}
      onValueChange={(value) => value !== '' && setTheme(value)}
      className="flex gap-0.5"
    >
      {THEMES.map(({ value, label, Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className="flex size-6 items-center justify-center rounded-sm text-secondary hover:text-ink data-[state=on]:bg-chip data-[state=on]:text-ink"
        >
          <Icon className="size-3.5" aria-hidden />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
