import { Download } from 'lucide-react';
import { type AlertView, filterQueryString } from '../../hooks/alert-view.ts';
import { Button } from '../ui/button.tsx';

/** The filtered alerts as a file. */
export function ExportButton({ view }: { readonly view: AlertView }) {
  return (
    <Button asChild>
      <a
        href={`/api/alerts.csv?${filterQueryString(view)}`}
        download
        title="Export these alerts as CSV"
        aria-label="Export"
      >
        <Download />
        <span className="hidden @3xl:inline">Export</span>
      </a>
    </Button>
  );
}
