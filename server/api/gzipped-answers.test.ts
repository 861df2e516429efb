import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { serialised } from './answer-cache.ts';
import { toResponse } from './cached-answer.ts';

const LONG = { alerts: Array.from({ length: 100 }, (_, id) => ({ id, home: 'Riverside', away: 'Old Harbour' })) };
const bodyOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

test.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1, gzip;q=0.5'])(
  '[API222] who takes %s gets the same answer as gzip, made once, under a tag of its own',
  async (acceptEncoding) => {
    const answer = serialised(LONG);
    const response = toResponse(answer, { acceptEncoding });
    const packed = await bodyOf(response);
    expect(JSON.parse(gunzipSync(packed).toString('utf8'))).toEqual(LONG);
    expect(packed.byteLength).toBeLessThan(answer.bytes.byteLength / 4);
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(response.headers.get('etag')).not.toBe(answer.etag);
    expect(answer.gzipped()).toBe(answer.gzipped());
  },
);

test.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.0, br', 'x-gzipped'])(
  '[API222] who takes %s gets it plain',
  async (acceptEncoding) => {
    const response = toResponse(serialised(LONG), { acceptEncoding });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(JSON.parse((await bodyOf(response)).toString('utf8'))).toEqual(LONG);
  },
);

test('[API222] a short answer goes out plain', () => {
  expect(toResponse(serialised({ alerts: [] }), { acceptEncoding: 'gzip' }).headers.get('content-encoding')).toBeNull();
});

test('[API222] either form’s tag is answered 304', () => {
  const answer = serialised(LONG);
  const tag = toResponse(answer, { acceptEncoding: 'gzip' }).headers.get('etag') ?? '';
  const statuses = [tag, answer.etag, '"other"'].map(
    (ifNoneMatch) => toResponse(answer, { ifNoneMatch, acceptEncoding: 'gzip' }).status,
  );
  expect(statuses).toEqual([304, 304, 200]);
});
