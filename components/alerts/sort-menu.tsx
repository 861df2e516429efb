import { ArrowDownWideNarrow } from 'lucide-react';
import { ALERT_SORTS, type AlertSort } from '../../contracts/alert-query.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuContent, MenuRadio, MenuRadioGroup, MenuTrigger } from '../ui/menu.tsx';

const SORT_WORDS: Readonly<Record<AlertSort, string>> = {
  detected: 'Latest first',
  severity: 'Worst first',
  kickoff: 'Kickoff first',
};

type SortMenuProps = { readonly sort: AlertSort; readonly onChange: (sort: AlertSort) => void };

/** In which order the events stand. */
export function SortMenu({ sort, onChange }: SortMenuProps) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" aria-label={`Order: ${SORT_WORDS[sort]}`}>
          <ArrowDownWideNarrow />
          <span className="hidden @md:inline">{SORT_WORDS[sort]}</span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup
          value={sort}
          onValueChange={(value) => {
            const next = ALERT_SORTS.find((known) => known === value);
            if (next !== undefined) onChange(next);
          }}
        >
          {ALERT_SORTS.map((known) => (
            <MenuRadio key={known} value={known}>
              {SORT_WORDS[known]}
            </MenuRadio>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
