import { AppError } from '../../contracts/errors.ts';
import { type Piece, type Splitter, createCarry } from './text-pieces.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Cuts the top-level elements out of a JSON array without building it: only strings and brackets are followed,
 * and every element goes the way of an NDJSON line, where `JSON.parse` judges it. A text is a JSON array exactly
 * when its brackets close and each piece between top-level commas is JSON, so nothing malformed gets through.
 * (The streaming parsers on npm build the values themselves: slower, and one bad or endless element ends the body.)
 */
export function createArraySplitter(take: (piece: Piece) => void): Splitter {
  const carry = createCarry();
  let where: 'before' | 'inside' | 'after' = 'before';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let elements = 0;

  function begin(byte: number): void {
    if (isSpace(byte)) return;
    if (byte !== OPEN_BRACKET) {
      throw new AppError(
        'unreadable_body',
        'expected a JSON array, beginning with "["; send lines of JSON with Content-Type: application/x-ndjson',
      );
    }
    where = 'inside';
  }

  function finishElement({ last }: { readonly last: boolean }): void {
    const piece = carry.take();
    const isEmptyArray = last && elements === 0 && piece.kind === 'blank';
    if (isEmptyArray) return;
    elements += 1;
    // A blank line means nothing, a blank element is a stray comma.
    take(piece.kind === 'blank' ? { kind: 'text', text: '' } : piece);
  }

  return {
    write(chunk) {
      let start = 0;
      for (let index = 0; index < chunk.length; index += 1) {
        const byte = chunk[index] as number;
        if (where === 'inside') {
          if (inString) {
            if (escaped) escaped = false;
            else if (byte === BACKSLASH) escaped = true;
            else if (byte === QUOTE) inString = false;
          } else if (byte === QUOTE) inString = true;
          else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
          else if (depth > 0 && (byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) depth -= 1;
          else if (depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) {
            carry.add(chunk.subarray(start, index));
            start = index + 1;
            finishElement({ last: byte === CLOSE_BRACKET });
            if (byte === CLOSE_BRACKET) where = 'after';
          }
        } else if (where === 'before') {
          begin(byte);
          start = index + 1;
        } else if (!isSpace(byte)) {
          throw new AppError('unreadable_body', 'expected nothing after the end of the JSON array');
        }
      }
      if (where === 'inside') carry.add(chunk.subarray(start));
    },
    end() {
      if (where === 'before') throw new AppError('unreadable_body', 'expected a JSON array, got an empty body');
      if (where === 'inside') throw new AppError('unreadable_body', 'the JSON array ends before its closing "]"');
    },
  };
}
