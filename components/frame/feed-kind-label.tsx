import { useDesk } from '../../hooks/use-risk-alerts.ts';

const WORDS = {
  demo: { text: 'demo', title: 'Generated prices: no bookmaker stands behind them.' },
  replay: { text: 'replay', title: 'Recorded prices, played back on the clock of their recording.' },
} as const;

/** Says on every page that these prices are not the market's. Shows nothing on a real feed. */
export function FeedKindLabel() {
  const feed = useDesk()?.feed;
  if (feed !== 'demo' && feed !== 'replay') return null;
  const { text, title } = WORDS[feed];
  return (
    <span
      title={title}
      className="rounded-sm border border-dashed border-rule-strong px-1.5 text-quiet font-medium text-secondary"
    >
      {text}
    </span>
  );
}
