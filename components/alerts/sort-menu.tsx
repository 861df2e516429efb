import { ArrowDownWideNarrow } from 'lucide-react';
import type { AlertSort } from '../../contracts/alert-query.ts';
import { ALERT_SORTS } from '../../contracts/alert-words.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';

const SORT_WORDS: Readonly<Record<AlertSort, string>> = {
  detected: 'Latest first',
  severity: 'Worst first',
  kickoff: 'Kickoff first',
};
const CHOICES = ALERT_SORTS.map((value) => ({ value, words: SORT_WORDS[value] }));

type SortMenuProps = { readonly sort: AlertSort; readonly onChange: (sort: AlertSort) => void };

/** In which order the events stand. */
export function SortMenu({ sort, onChange }: SortMenuProps) {
  return (
    <ChoiceMenu
      takes="one"
      align="end"
      choices={CHOICES}
      chosen={[sort]}
      onChoose={(value) => {
        const next = ALERT_SORTS.find((known) => known === value);
        if (next !== undefined) onChange(next);
      }}
      renderTrigger={(attributes) => (
        <Button variant="ghost" aria-label={`Order: ${SORT_WORDS[sort]}`} {...attributes}>
          <ArrowDownWideNarrow />
          <span className="hidden @md:inline">{SORT_WORDS[sort]}</span>
        </Button>
      )}
    />
  );
}
