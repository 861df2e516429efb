import { severityRank } from '../../contracts/alert-words.ts';
import type { Finding } from '../detection/detection.ts';

type Told = Pick<Finding, 'market' | 'line' | 'outcome' | 'severity'>;

/**
 * Whether what is known of an alert tells another finding of its key already: it is no milder, and of the same price;
 * findings about many prices always are. `isOneBook` says whether both name the same bookmaker.
 */
export const isToldAlready = (known: Told, found: Told, isOneBook: boolean): boolean =>
  severityRank(known.severity) >= severityRank(found.severity) &&
  known.outcome === found.outcome &&
  (known.outcome === null || (isOneBook && known.market === found.market && known.line === found.line));
