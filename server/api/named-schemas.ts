import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { alertFacetsSchema } from '../../contracts/alert-facets.ts';
import {
  acknowledgeAnswerSchema,
  alertFilterSchema,
  alertListSchema,
  alertStatsSchema,
} from '../../contracts/alert-query.ts';
import {
  alertCountsSchema,
  alertSchema,
  alertWithExplanationSchema,
  explanationSchema,
} from '../../contracts/alert.ts';
import { errorEnvelopeSchema } from '../../contracts/error-envelope.ts';
import { oddsBoardSchema } from '../../contracts/odds-board.ts';
import { eventHistorySchema, eventListSchema, eventOddsSchema, eventSummarySchema } from '../../contracts/event.ts';
import { deskSchema } from '../../contracts/feed.ts';
import { readinessSchema } from '../../contracts/health.ts';
import { muteAnswerSchema, muteListSchema, muteSchema } from '../../contracts/mute.ts';
import { savedViewListSchema, savedViewSchema } from '../../contracts/saved-view.ts';
import {
  settingsInForceSchema,
  settingsOfRevisionSchema,
  settingsRevisionSchema,
} from '../../contracts/settings-history.ts';
import { triedAlertSchema, tryLineSchema } from '../../contracts/settings-try.ts';
import { settingsSchema } from '../../contracts/settings.ts';
import { ingestAnswerSchema, rejectionSchema, snapshotSchema } from '../../contracts/snapshot.ts';
import { ALERT_EXAMPLE, MUTE_EXAMPLE, SNAPSHOT_EXAMPLE } from './examples.ts';

/** Schemas that the OpenAPI document names and refers to instead of repeating them. */
const NAMED: Readonly<
  Record<string, { readonly schema: z.ZodType; readonly description: string; readonly example?: unknown }>
> = {
  Alert: {
    schema: alertSchema,
    description:
      'One risky move. Odds are decimal; changePercent and probabilityPoints are signed, a fall is negative; outcome is null when the whole market is meant; seq is the watermark of its last change.',
    example: ALERT_EXAMPLE,
  },
  AlertWithExplanation: { schema: alertWithExplanationSchema, description: 'An alert and why it fired.' },
  Explanation: {
    schema: explanationSchema,
    description:
      'Why it fired, as it was then: `rule` in one sentence; `base` is the price that the move is measured from; `window` has the extremes that it was compared with, where the rule looks at one; `thresholds` are those in force; `severityInputs` made the severity; `outcomes` is the whole market of the book at the base and then, where the alert is about a move (`oldOdds` null where it is not known); `books` are the prices of the others for the same outcome.',
  },
  AlertCounts: { schema: alertCountsSchema, description: 'How many alerts have each status.' },
  AlertFilter: {
    schema: alertFilterSchema,
    description: 'Which alerts; fields are joined by "and", values of a field by "or".',
  },
  AlertList: {
    schema: alertListSchema,
    description: 'One page. Counts are of all alerts that match the filter without its status.',
  },
  AlertStats: { schema: alertStatsSchema, description: 'All alerts, counted; newBySeverity counts the new ones only.' },
  AlertFacets: {
    schema: alertFacetsSchema,
    description: 'How many alerts each value of a filter would leave under all other filters in force.',
  },
  AcknowledgeAnswer: { schema: acknowledgeAnswerSchema, description: 'Alerts that were acknowledged by this request.' },
  EventSummary: { schema: eventSummarySchema, description: 'A match with its alerts counted.' },
  EventList: { schema: eventListSchema, description: 'One page of matches by kickoff.' },
  OddsBoard: { schema: oddsBoardSchema, description: 'One market of the matches ahead in all books.' },
  EventOdds: { schema: eventOddsSchema, description: 'The current prices of all bookmakers.' },
  EventHistory: {
    schema: eventHistorySchema,
    description: 'One outcome over time; odds are null while it was suspended or gone.',
  },
  Mute: {
    schema: muteSchema,
    description: 'What keeps alerts quiet, until when and why. endsAt is the instant that until stands for now.',
    example: MUTE_EXAMPLE,
  },
  MuteList: {
    schema: muteListSchema,
    description: 'One page of mutes; mutedAlerts counts what all of them keep quiet.',
  },
  MuteAnswer: { schema: muteAnswerSchema, description: 'A mute, and how many alerts went quiet or came back.' },
  SavedView: {
    schema: savedViewSchema,
    description: 'A filter and an order that the desk shares under a name, with its new alerts counted.',
  },
  SavedViewList: { schema: savedViewListSchema, description: 'All views by name.' },
  Settings: { schema: settingsSchema, description: 'What detection goes by.' },
  SettingsInForce: {
    schema: settingsInForceSchema,
    description: 'The settings in force, and who put them there when; revision 0 are the defaults.',
  },
  SettingsRevision: { schema: settingsRevisionSchema, description: 'One change of the settings: who, when, and what.' },
  SettingsOfRevision: {
    schema: settingsOfRevisionSchema,
    description: 'The settings as a revision left them, and who left them so when.',
  },
  TriedAlert: { schema: triedAlertSchema, description: 'An alert of a try, or one that was stored beside it.' },
  TryLine: { schema: tryLineSchema, description: 'One line of the answer of a try.' },
  Desk: { schema: deskSchema, description: 'What the frame of every page shows.' },
  Readiness: { schema: readinessSchema, description: 'Whether each part can do its work.' },
  Snapshot: {
    schema: snapshotSchema,
    description:
      "One bookmaker's prices for one market of one event at one time. t is when it was polled, upd when the bookmaker changed it, event the producer's own id of the match. line is a number for over_under and handicap and null for the others. Unknown fields are ignored.",
    example: SNAPSHOT_EXAMPLE,
  },
  IngestAnswer: {
    schema: ingestAnswerSchema,
    description: 'What became of the body; rejected lists the first 1,000 refusals, rejectedCount counts all.',
  },
  Rejection: {
    schema: rejectionSchema,
    description: 'A line (or element) that was not taken; index counts from 0, blank lines included.',
  },
  Error: { schema: errorEnvelopeSchema, description: 'Every answer that is not a success.' },
};

let isNamed = false;

/**
 * Gives the contract's schemas their names in the document. They are plain zod schemas, made before anything of
 * OpenAPI is loaded, so their names are put beside them instead of through the `.openapi()` method that they lack.
 */
export function nameSchemas(): void {
  if (isNamed) return;
  isNamed = true;
  for (const [refId, { schema, description, example }] of Object.entries(NAMED)) {
    zodToOpenAPIRegistry.add(schema, {
      _internal: { refId },
      description,
      ...(example === undefined ? {} : { example }),
    });
  }
}
