import { isUtf8 } from 'node:buffer';

/** A snapshot has some 400 bytes; a line of more is a fault of its producer and is refused by itself. */
export const MAX_LINE_BYTES = 64 * 1024;

/** One line of NDJSON or one element of a JSON array, cut out but not yet parsed. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'too_long'; readonly bytes: number }
  | { readonly kind: 'not_utf8' };

/** Cuts a stream of bytes, however it is chunked, into pieces. `write` and `end` may throw an `AppError`. */
export type Splitter = {
  write(chunk: Buffer): void;
  /** The body is over: hands on what is left. */
  end(): void;
};

const NOT_UTF8: Piece = { kind: 'not_utf8' };
const BLANK: Piece = { kind: 'blank' };
const isBlank = (text: string): boolean => text.trim() === '';

/** The piece that `bytes` hold. */
export function pieceOf(bytes: Buffer): Piece {
  if (bytes.length > MAX_LINE_BYTES) return { kind: 'too_long', bytes: bytes.length };
  if (!isUtf8(bytes)) return NOT_UTF8;
  return textPiece(bytes.toString('utf8'));
}

/** The piece that is this text, whose bytes are known to be UTF-8 and few enough. */
export const textPiece = (text: string): Piece => (isBlank(text) ? BLANK : { kind: 'text', text });

/**
 * Bytes of a piece that began in an earlier chunk. Once they are too many only their number is kept,
 * so a body without a line end costs no memory.
 */
export function createCarry() {
  let parts: Buffer[] = [];
  let bytes = 0;
  return {
    isEmpty: (): boolean => bytes === 0,
    add(part: Buffer): void {
      bytes += part.length;
      if (bytes > MAX_LINE_BYTES) parts = [];
      else if (part.length > 0) parts.push(part);
    },
    /** The whole piece, and an empty carry. */
    take(): Piece {
      const piece: Piece = bytes > MAX_LINE_BYTES ? { kind: 'too_long', bytes } : pieceOf(Buffer.concat(parts));
      parts = [];
      bytes = 0;
      return piece;
    },
  };
}
