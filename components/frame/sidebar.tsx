import { ConnectionLine } from './connection-line.tsx';
import { FeedKindLabel } from './feed-kind-label.tsx';
import { FeedList } from './feed-list.tsx';
import { Navigation } from './navigation.tsx';
import { PreferencesButton } from './preferences-button.tsx';
import { SoundHint } from './sound-hint.tsx';
import { Wordmark } from './wordmark.tsx';

/** Where am I, whom do I hear, and am I connected: beside the page, or in a sheet where there is no room. */
export function Sidebar({ onNavigate }: { readonly onNavigate?: () => void }) {
  return (
    <div className="flex h-full flex-col gap-5 px-3 pt-4 pb-3">
      <div className="flex h-7 items-center gap-2.5 pl-2">
        <Wordmark />
        <FeedKindLabel />
      </div>
      <Navigation {...(onNavigate === undefined ? {} : { onNavigate })} />
      <FeedList />
      <div className="flex flex-col gap-2 border-t px-2 pt-3">
        <div className="flex h-7 items-center justify-between gap-3">
          <PreferencesButton />
          <SoundHint />
        </div>
        <ConnectionLine />
      </div>
    </div>
  );
}
