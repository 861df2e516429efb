import { expect, test } from 'vitest';
import { jsonLines } from './json-lines.ts';

const streamOf = (pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

test('[SET52] the lines of a try are read whole, wherever the stream was cut into pieces', async () => {
  const lines = [{ kind: 'progress', words: 'Malmö – Århus' }, { kind: 'result' }];
  const bytes = new TextEncoder().encode(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  for (let size = 1; size <= bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_unused, index) =>
      bytes.slice(index * size, (index + 1) * size),
    );
    const read: unknown[] = [];
    for await (const line of jsonLines(streamOf(pieces))) read.push(line);
    expect(read).toEqual(lines);
  }
});
