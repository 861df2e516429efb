import type { CurrentQuote } from '../../contracts/event.ts';
import { Age } from '../time/age.tsx';
import { cn } from '../ui/class-names.ts';
import { marketWords, outcomeWords } from '../words/market-words.ts';
import { Odds } from '../words/odds.tsx';
import type { MarketQuotes } from './market-quotes.ts';

const STATE_WORDS = { suspended: 'shut', removed: 'taken down' } as const;

type PriceProps = { readonly quote: CurrentQuote; readonly outcome: string; readonly best: number | undefined };

/** Three states: a price, a price struck through because it cannot be had, or never offered. */
function Price({ quote, outcome, best }: PriceProps) {
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
  const isBest = priced.odds === best;
  return (
    <span className={cn(isBest && 'rounded-sm whitespace-nowrap bg-healthy/7 px-1 font-semibold text-healthy-ink')}>
      <Odds value={priced.odds} />
      {isBest && <span className="sr-only"> best price</span>}
    </span>
  );
}

/** One market of an event: all books' prices as they stand, the best of each outcome marked. */
export function MarketTable({ market }: { readonly market: MarketQuotes }) {
  const title = marketWords(market.market, market.line);
  return (
    <section aria-label={title}>
      <h3 className="mb-1.5 font-semibold">{title}</h3>
      <table className="w-full">
        <thead>
          <tr className="text-right text-quiet text-secondary [&>th]:pb-1 [&>th]:font-medium">
            <th scope="col" className="text-left">
              Book
            </th>
            {market.outcomes.map((outcome) => (
              <th key={outcome} scope="col" className="w-13 @lg:w-16">
                <bdi className="ml-auto line-clamp-2 max-w-24" title={outcome}>
                  {outcomeWords(outcome)}
                </bdi>
              </th>
            ))}
            <th scope="col" className="w-19 @lg:w-20" title="Sum of the implied probabilities beyond 100 %">
              Overround
            </th>
            <th scope="col" className="hidden w-20 @lg:table-cell">
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {market.quotes.map((quote) => (
            <tr key={quote.bookmaker} className="border-t text-right">
              <th
                scope="row"
                className={cn(
                  'h-7.5 compact:h-6.5 max-w-0 truncate text-left',
                  quote.own ? 'font-semibold' : 'font-normal',
                )}
              >
                {quote.bookmaker}
                {quote.own && <span className="ml-1.5 text-quiet font-normal text-accent">own</span>}
              </th>
              {market.outcomes.map((outcome) => (
                <td key={outcome}>
                  <Price quote={quote} outcome={outcome} best={market.best.get(outcome)} />
                </td>
              ))}
              <td className="text-secondary">
                {quote.state === 'open'
                  ? quote.overroundPercent === null
                    ? '–'
                    : `${quote.overroundPercent.toFixed(1)}%`
                  : STATE_WORDS[quote.state]}
              </td>
              <td className="hidden text-secondary @lg:table-cell">
                <Age at={quote.changedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
