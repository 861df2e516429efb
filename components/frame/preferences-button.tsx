import { SlidersHorizontal } from 'lucide-react';
import { type ComponentProps, Suspense, lazy, useState } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';

const loadPanel = lateParts.add(() => import('./preferences-panel.tsx'));
const PreferencesPanel = lazy(loadPanel);

function Trigger(props: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...props}
      className="-mx-2 flex h-7 items-center gap-2 rounded-md px-2 text-quiet text-secondary hover:bg-hover hover:text-ink"
    >
      <SlidersHorizontal className="size-3.5 shrink-0" aria-hidden />
      Preferences
    </button>
  );
}

/** Opens this trader's own choices. Their panel is loaded when pointer or focus come near. */
export function PreferencesButton() {
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const waiting = (
    <Trigger
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={() => void loadPanel().catch(() => {})} // a failed load is tried again by the click
      onFocus={() => void loadPanel().catch(() => {})} // likewise
      onClick={() => setIsOpen(true)}
    />
  );
  if (isOpen === null) return waiting;
  return (
    <Suspense fallback={waiting}>
      <PreferencesPanel trigger={<Trigger />} isOpen={isOpen} onOpenChange={setIsOpen} />
    </Suspense>
  );
}
