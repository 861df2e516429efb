import { Suspense, lazy, useSyncExternalStore } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import { muteDialog } from '../../hooks/mute-target.ts';

const MuteDialog = lazy(lateParts.add(() => import('./mute-dialog.tsx')));
const MuteEventsDialog = lazy(lateParts.add(() => import('./mute-events-dialog.tsx')));
const MuteListDialog = lazy(lateParts.add(() => import('./mute-list-dialog.tsx')));

/** Where the mute dialogs appear: one on a page, whoever asks for them by `openMute`, `openMuteEvents` or `openMuteList`. */
export function MutePlace() {
  const state = useSyncExternalStore(muteDialog.subscribe, muteDialog.getSnapshot, muteDialog.getServerSnapshot);
  switch (state.kind) {
    case 'closed':
      return null;
    case 'mute':
      return (
        <Suspense>
          <MuteDialog target={state.target} onClose={muteDialog.close} />
        </Suspense>
      );
    case 'mute_events':
      return (
        <Suspense>
          <MuteEventsDialog targets={state.targets} onClose={muteDialog.close} />
        </Suspense>
      );
    case 'list':
      return (
        <Suspense>
          <MuteListDialog onClose={muteDialog.close} />
        </Suspense>
      );
  }
}
