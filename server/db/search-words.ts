/** Letters that Unicode does not take apart, as people type them who lack the key. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
};

/**
 * The words of a text as search compares them: lower case, without accents (`Beşiktaş` is `besiktas`, `Brøndby`
 * `brondby`), split at everything that is neither letter nor digit. Stored texts and questions go through this
 * same function, so that the database's locale has no say in it.
 */
export function searchWords(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    // Turkish İ becomes i with a dot above when lowered.
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ıłøđðþæœß]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** What is stored with an event to find it by. */
export const searchText = (event: {
  readonly home: string;
  readonly away: string;
  readonly league: string;
  readonly country: string;
}): string => searchWords([event.home, event.away, event.league, event.country].join(' ')).join(' ');

/** `to_tsquery` text by which every word must begin a word of the text. Words come from `searchWords`. */
export const prefixQuery = (words: readonly string[]): string => words.map((word) => `'${word}':*`).join(' & ');
