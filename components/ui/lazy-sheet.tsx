import { Suspense, lazy, useState } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import type { SheetProps } from './sheet.tsx';

const Sheet = lazy(lateParts.add(() => import('./sheet.tsx')));

/** A sheet whose code is fetched when it first opens; from then on it stays, so that it can also slide away. */
export function LazySheet(props: SheetProps) {
  const [wasOpened, setWasOpened] = useState(props.open);
  if (props.open && !wasOpened) setWasOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense>
      <Sheet {...props} />
    </Suspense>
  );
}
