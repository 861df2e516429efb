import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyReading, cut, json, rowsOf } from './body.fixture.ts';

const ARRAY = 'application/json';

const { read, readStream, spoolDirectory } = bodyReading();

describe('JSON arrays', () => {
  test('[ING26] a JSON array is read element by element, a bad element refused by itself', async () => {
    const body = ` [ ${json({ home: 'a ] , "b\\' })} , {"t": 1} ,\n ${json({ event: 'z' })} ] \n`;
    const batch = await read(body, { contentType: 'application/json; charset=utf-8' });
    expect((await rowsOf(batch)).map((row) => row.event.home)).toEqual(['a ] , "b\\', 'Málaga']);
    expect(batch.rejected).toMatchObject([{ index: 1, code: 'bad_snapshot' }]);
  });

  test.each(['', '{}', '[', `[${json()}`, `[${json()},`, '[] []', '[]x', '"["'])(
    '[ING26] %j is not a JSON array: unreadable',
    async (body) => {
      await expect(read(body, { contentType: ARRAY })).rejects.toMatchObject({ code: 'unreadable_body' });
    },
  );

  test('[ING26] an element that is too long is refused by itself', async () => {
    const batch = await read(`[${json()},"${'x'.repeat(200_000)}",${json()}]`, { contentType: ARRAY });
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toMatchObject([{ index: 1, code: 'line_too_long' }]);
  });

  test('[ING27] for any text and any split, an array is taken without complaint exactly when JSON.parse takes it', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const noise = fc.constantFrom('', '', ',', ']', '[', '"', '{', '}', '\\', ' ');
    const text = fc.tuple(fc.array(value, { maxLength: 4 }), noise, fc.nat()).map(([values, extra, at]) => {
      const whole = JSON.stringify(values);
      const place = at % (whole.length + 1);
      return whole.slice(0, place) + extra + whole.slice(place);
    });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 10 }), async (body, cuts) => {
        const expected = ((): number | null => {
          try {
            const parsed: unknown = JSON.parse(body);
            return Array.isArray(parsed) ? parsed.length : null;
          } catch {
            return null;
          }
        })();
        const batch = await read(cut(Buffer.from(body), cuts), { contentType: ARRAY }).catch(() => null);
        const isClean = batch !== null && batch.rejected.every((rejection) => rejection.code === 'bad_snapshot');
        expect(isClean).toBe(expected !== null);
        if (expected !== null) expect(batch?.rejectedCount).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('unreadable and too large', () => {
  const body = Buffer.from(`${json()}\n`.repeat(200));

  test.each([
    ['a truncated gzip', gzipSync(body).subarray(0, -12), 'gzip'],
    ['a corrupted gzip', Buffer.concat([gzipSync(body).subarray(0, -8), Buffer.alloc(8)]), 'gzip'],
    ['plain text called gzip', body, 'gzip'],
    ['gzip not called so', gzipSync(body), null],
  ])('[ING28] %s is unreadable_body', async (_name, bytes, contentEncoding) => {
    await expect(read(bytes, { contentEncoding })).rejects.toMatchObject({ code: 'unreadable_body' });
  });

  test('[ING28] a connection cut half-way is unreadable_body, and no spool file stays', async () => {
    async function* cutOff(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent < 70; sent += 1) yield body;
      throw new Error('aborted');
    }
    const reading = readStream(cutOff());
    await expect(reading).rejects.toMatchObject({ code: 'unreadable_body' });
    expect(await readdir(spoolDirectory())).toEqual([]);
  });

  test('[ING29] a body over the received limit, the decoded limit (a gzip bomb) or the line limit is body_too_large', async () => {
    await expect(read(body, {}, { maxBodyBytes: body.length - 1 })).rejects.toMatchObject({ code: 'body_too_large' });
    await expect(read(body, {}, { maxBodyBytes: body.length })).resolves.toMatchObject({ accepted: 200 });
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    await expect(read(bomb, { contentEncoding: 'gzip' }, { maxDecodedBytes: 10_000_000 })).rejects.toMatchObject({
      code: 'body_too_large',
    });
    await expect(read(body, {}, { maxLines: 199 })).rejects.toMatchObject({ code: 'body_too_large' });
  });

  test.each([[{ contentType: null }], [{ contentType: 'text/plain' }], [{ contentEncoding: 'br' }]])(
    '[ING30] %j is unsupported_media_type',
    async (request) => {
      await expect(read(body, request)).rejects.toMatchObject({ code: 'unsupported_media_type' });
    },
  );
});

test('[ING32] the body hash is of the decoded bytes: compressed anew it is the same, one byte more is another', async () => {
  const body = Buffer.from(`${json()}\n`);
  const plain = await read(body);
  const packed = await read(gzipSync(body, { level: 1 }), { contentEncoding: 'gzip' });
  const other = await read(Buffer.concat([body, Buffer.from('\n')]));
  expect(packed.bodyHash).toBe(plain.bodyHash);
  expect(other.bodyHash).not.toBe(plain.bodyHash);
});
