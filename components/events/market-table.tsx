import type { CurrentQuote } from '../../contracts/event.ts';
import { useCell } from '../../hooks/cell.ts';
import type { ChartScale } from '../../hooks/chart-view.ts';
import type { Selection } from '../../hooks/price-history.ts';
import { Age } from '../time/age.tsx';
import { cn } from '../ui/class-names.ts';
import { marketWords, outcomeWords, selectionWords } from '../words/market-words.ts';
import { marginText, probabilityText } from '../words/number-words.ts';
import { Odds } from '../words/odds.tsx';
import { type MarketQuotes, marginPercent } from './market-quotes.ts';
import type { EventChartState } from './use-event-chart.ts';

const STATE_WORDS = { suspended: 'shut', removed: 'taken down' } as const;

type PriceProps = {
  readonly quote: CurrentQuote;
  readonly outcome: string;
  readonly best: number | undefined;
  readonly scale: ChartScale;
};

/** Three states: a price, a price struck through because it cannot be had, or never offered. */
function Price({ quote, outcome, best, scale }: PriceProps) {
  const priced = quote.outcomes.find(({ name }) => name === outcome);
  if (priced === undefined) return <span className="text-secondary">–</span>;
  if (priced.suspended || quote.state !== 'open') {
    return (
      <span className="text-secondary">
        <s>
          <Odds value={priced.odds} />
        </s>
        <span className="sr-only"> not available</span>
      </span>
    );
  }
  if (scale === 'fair') return probabilityText(priced.fair);
  const isBest = priced.odds === best;
  return (
    <span className={cn(isBest && 'rounded-sm whitespace-nowrap bg-healthy/7 px-1 font-semibold text-healthy-ink')}>
      <Odds value={priced.odds} />
      {isBest && <span className="sr-only"> best price</span>}
    </span>
  );
}

type RowProps = {
  readonly market: MarketQuotes;
  readonly quote: CurrentQuote;
  readonly chart: Pick<EventChartState, 'pointer' | 'view'>;
};

/** One book's row: pointing at it lights up its line on the chart, and the other way round. */
function BookRow({ market, quote, chart }: RowProps) {
  const { pointer, view } = chart;
  const isLit = useCell(pointer.book, (book) => book === quote.bookmaker);
  return (
    <tr
      aria-current={isLit}
      className={cn('border-t text-right', isLit && 'bg-hover')}
      onPointerEnter={() => pointer.book.set(quote.bookmaker)}
      onPointerLeave={() => pointer.book.set(null)}
    >
      <th scope="row" className={cn('h-7.5 max-w-0 truncate text-left', quote.own ? 'font-semibold' : 'font-normal')}>
        {quote.bookmaker}
        {quote.own && <span className="ml-1.5 text-quiet font-normal text-accent">own</span>}
      </th>
      {market.outcomes.map((outcome) => (
        <td key={outcome}>
          <Price quote={quote} outcome={outcome} best={market.best.get(outcome)} scale={view.scale} />
        </td>
      ))}
      <td className="text-secondary">
        {quote.state === 'open' ? marginText(marginPercent(quote)) : STATE_WORDS[quote.state]}
      </td>
      <td className="hidden text-secondary @lg:table-cell">
        <Age at={quote.changedAt} />
      </td>
    </tr>
  );
}

type OutcomeHeadProps = {
  readonly selection: Selection;
  readonly isShown: boolean;
  readonly onShow: () => void;
};

/** An outcome's name, which puts it on the chart. */
function OutcomeHead({ selection, isShown, onShow }: OutcomeHeadProps) {
  const { outcome } = selection;
  return (
    <th scope="col" aria-label={outcomeWords(outcome)} className="w-13 @lg:w-22">
      <button
        type="button"
        aria-pressed={isShown}
        title={`Show ${selectionWords(selection)} on the chart`}
        onClick={onShow}
        className="max-w-24 rounded-sm align-bottom underline-offset-4 hover:text-ink hover:underline aria-pressed:text-accent aria-pressed:underline"
      >
        <bdi className="line-clamp-2 text-right">{outcomeWords(outcome)}</bdi>
      </button>
    </th>
  );
}

type MarketTableProps = {
  readonly market: MarketQuotes;
  readonly chart: Pick<EventChartState, 'pointer' | 'view' | 'selection' | 'select'>;
};

/** One market of an event: all books' prices as they stand, the best of each outcome marked; or what they come to without margin. */
export function MarketTable({ market, chart }: MarketTableProps) {
  const title = marketWords(market.market, market.line);
  const isShown = (outcome: string): boolean =>
    chart.selection?.market === market.market &&
    chart.selection.line === market.line &&
    chart.selection.outcome === outcome;
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <table className="w-full">
        <thead>
          <tr className="text-right text-quiet text-secondary [&>th]:pb-1 [&>th]:align-bottom [&>th]:font-medium">
            <th scope="col" className="text-left">
              Book
            </th>
            {market.outcomes.map((outcome) => {
              const selection = { market: market.market, line: market.line, outcome };
              return (
                <OutcomeHead
                  key={outcome}
                  selection={selection}
                  isShown={isShown(outcome)}
                  onShow={() => chart.select(selection)}
                />
              );
            })}
            <th scope="col" className="w-15 @lg:w-24" title="What the book keeps of the turnover">
              Margin
            </th>
            <th scope="col" className="hidden w-24 @lg:table-cell">
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {market.quotes.map((quote) => (
            <BookRow key={quote.bookmaker} market={market} quote={quote} chart={chart} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
