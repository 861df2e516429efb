import {
  type SubscriptionAnswer,
  type SyncAnswer,
  TOPICS,
  type Topic,
  subscriptionSchema,
} from '../../contracts/socket.ts';
import { compareWatermarks } from '../../contracts/watermark.ts';
import { watermarkSchema } from '../../contracts/watermark-schema.ts';
import type { CountsReader, Reading } from './counts-reader.ts';
import type { DeskSocket } from './desk-server.ts';

type Refusal = { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** The topics a socket hears, in their own order. */
export const topicsOf = (socket: DeskSocket): Topic[] => TOPICS.filter((topic) => socket.rooms.has(topic));

/** What a newcomer is told, from a reading that began after its topics were joined. */
export const helloOf = (socket: DeskSocket, reading: Reading) => ({
  ...reading.watermark,
  topics: topicsOf(socket),
  counts: reading.counts,
});

/**
 * Answers `subscribe`, `unsubscribe` and `sync` of one socket. What does not parse is answered as such, and what
 * comes without a function to answer with is ignored, as is every other event.
 */
export function answerRequests(socket: DeskSocket, reader: CountsReader): void {
  // What a client sends is of any shape and number, whatever the types of a well-behaved one say.
  socket.on('subscribe', (...sent: readonly unknown[]) => {
    answer(sent, (request) => changeTopics(request, (topics) => void socket.join(topics)));
  });
  socket.on('unsubscribe', (...sent: readonly unknown[]) => {
    answer(sent, (request) => changeTopics(request, (topics) => topics.forEach((topic) => void socket.leave(topic))));
  });
  socket.on('sync', (...sent: readonly unknown[]) => answer(sent, sync));

  function changeTopics(request: unknown, change: (topics: Topic[]) => void): SubscriptionAnswer {
    const parsed = subscriptionSchema.safeParse(request);
    if (!parsed.success)
      return refusal('bad_request', `Expected { topics: [...] } with topics of ${TOPICS.join(', ')}.`);
    change(parsed.data.topics);
    return { ok: true, topics: topicsOf(socket) };
  }

  async function sync(request: unknown): Promise<SyncAnswer> {
    const mine = watermarkSchema.safeParse(request);
    if (!mine.success) return refusal('bad_request', 'Expected { epoch, seq } with a string and a whole number.');
    try {
      const reading = await reader.read();
      const relation = compareWatermarks(mine.data, reading.watermark);
      const behind = relation === 'behind' || relation === 'other_epoch';
      return { ok: true, hello: helloOf(socket, reading), behind };
    } catch {
      return refusal('database_unavailable', 'The desk cannot be read just now; ask again in a moment.');
    }
  }
}

function answer(sent: readonly unknown[], handle: (request: unknown) => object | Promise<object>): void {
  const reply = sent.at(-1);
  if (typeof reply !== 'function') return;
  void Promise.resolve(handle(sent[0])).then((result) => reply(result)); // handlers turn failures into answers
}

const refusal = (code: string, message: string): Refusal => ({ ok: false, error: { code, message } });
