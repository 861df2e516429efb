const wordsOf = (text: string): string[] => text.toLowerCase().split(/[\s:·,]+/);

/**
 * Whether a command is meant: each typed word begins one of its words. Letters scattered through its name are no
 * match, so that Enter after the name of a team never chooses a command.
 */
export const isMeant = (name: string, typed: string): boolean => {
  const words = wordsOf(name);
  return wordsOf(typed).every((part) => words.some((word) => word.startsWith(part)));
};
