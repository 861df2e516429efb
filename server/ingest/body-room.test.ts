import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toObservation } from '../detection/observation.ts';
import { MAX_ROWS_IN_MEMORY } from './batch-builder.ts';
import { asChunks, bodyReading, json, rowsOf, snapshot } from './body.fixture.ts';
import { createBodyMemory } from './body-memory.ts';
import { batchOf } from './ingest-batch.ts';
import { createSpool } from './spool.ts';

const { read, readStream, spoolDirectory } = bodyReading();

describe('memory and names that bodies share', () => {
  const lines = (count: number): Buffer => Buffer.from(`${json()}\n`.repeat(count));
  const rowBytes = 500 + 3 * 70;

  test('[ING200] bodies that are being read hold a bounded number of bytes together; one that asks for more is queue_full, and what it held is free again', async () => {
    const memory = createBodyMemory({ maxBytes: rowBytes * 100 });
    const open = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield lines(60);
      await open.promise;
    }
    const slowOne = readStream(slow(), { memory });
    await expect.poll(() => memory.used()).toBe(rowBytes * 60);
    await expect(readStream(asChunks([lines(41)]), { memory })).rejects.toMatchObject({
      code: 'queue_full',
      retryAfterSeconds: 2,
    });
    expect(memory.used()).toBe(rowBytes * 60);
    const third = await readStream(asChunks([lines(40)]), { memory });
    expect(third.accepted).toBe(40);
    open.resolve();
    expect((await slowOne).accepted).toBe(60);
    expect(memory.used()).toBe(0);
  });

  test('[ING200] while memory is more than half full a body goes to disk at a sixteenth of a megabyte', async () => {
    const memory = createBodyMemory({ maxBytes: rowBytes * 10_000 });
    memory.take(rowBytes * 5_000);
    let most = 0;
    const watched = {
      ...memory,
      take: (bytes: number) => (memory.take(bytes), (most = Math.max(most, memory.used()))),
    };
    const body = asChunks(Array.from({ length: 40 }, () => lines(50)));
    const batch = await readStream(body, { memory: watched });
    expect(await rowsOf(batch)).toHaveLength(2_000);
    expect(most - rowBytes * 5_000).toBeLessThan(64 * 1024 + rowBytes * 100);
    expect(memory.used()).toBe(rowBytes * 5_000);
    await batch.dispose();
  });

  test('[ING201] a bookmaker for whose name there is no room is refused by its line, those that are known go on', async () => {
    const bookmakers = { ready: async () => undefined, admits: (name: string) => name !== 'invented' };
    const body = `${json()}\n${json({ bookmaker: 'invented' })}\n${json()}\n`;
    const batch = await readStream(asChunks([Buffer.from(body)]), { bookmakers });
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toEqual([
      {
        index: 1,
        code: 'too_many_bookmakers',
        message: 'bookmaker: expected one that is known, as there is no room for another, got "invented"',
      },
    ]);
  });
});

describe('spool', () => {
  const many = MAX_ROWS_IN_MEMORY * 2 + 17;
  const manyLines = (): Buffer =>
    Buffer.from(Array.from({ length: many }, (_, index) => json({ event: `e${index}`, home: ' Trim me ' })).join('\n'));

  test('[ING31] a large body waits on disk, without a name and readable more than once, until it is disposed of', async () => {
    const batch = await read(manyLines());
    // It has no name that anybody else could open, or that could outlive this process.
    expect(await readdir(spoolDirectory())).toEqual([]);
    expect(batch.rows).toBe(many);
    const first = await rowsOf(batch);
    expect(first.map((row) => row.event.sourceKey)).toEqual(Array.from({ length: many }, (_, index) => `e${index}`));
    expect(first[0]).toEqual(toObservation(snapshot({ event: 'e0', home: 'Trim me' })));
    expect(await rowsOf(batch)).toEqual(first);
    expect(batch.bytes).toBeLessThan((many * batchOf(first.slice(0, 1)).bytes) / 2);
    await Promise.all([batch.dispose(), batch.dispose()]);
    expect(await readdir(spoolDirectory())).toEqual([]);
  });

  test('[ING31] what a killed process left is swept at start; other files stay', async () => {
    const batch = await read(manyLines());
    await writeFile(join(spoolDirectory(), 'other.txt'), 'x');
    await writeFile(join(spoolDirectory(), 'killed-while-opening.ingest-spool'), 'x');
    expect(await createSpool({ directory: spoolDirectory() }).sweep()).toBe(1);
    expect(await readdir(spoolDirectory())).toEqual(['other.txt']);
    expect(await rowsOf(batch)).toHaveLength(many);
    await batch.dispose();
  });

  test('[ING46] a body that would fill the disk is refused as queue_full, and one that leaves makes room', async () => {
    const body = manyLines();
    const spool = createSpool({ directory: spoolDirectory(), maxBytes: body.length * 3 });
    const next = () => readStream(asChunks([body]), { spool });
    const first = await next();
    const second = await next();
    await expect(next()).rejects.toMatchObject({ code: 'queue_full', retryAfterSeconds: 15 });
    await first.dispose();
    const third = await next();
    expect(await rowsOf(third)).toHaveLength(many);
    await Promise.all([second.dispose(), third.dispose()]);
  });
});
