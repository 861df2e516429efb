// Enough of a Dockerfile and of .dockerignore to run ours without a container engine.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run-command.ts';

export type Instruction = { readonly word: string; readonly rest: string };
export type Stage = { readonly name: string | undefined; readonly instructions: readonly Instruction[] };

/** The stages of a Dockerfile, comments left out and continued lines joined. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { name: string | undefined; instructions: Instruction[] }[] = [];
  const lines = text.replace(/^\s*#.*\n/gm, '').replaceAll('\\\n', ' ');
  for (const line of lines.split('\n')) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (word === '') continue;
    if (word === 'FROM') stages.push({ name: / AS (\S+)$/.exec(rest)?.[1], instructions: [] });
    else stages.at(-1)?.instructions.push({ word, rest });
  }
  return stages;
}

/** What a stage's ENV lines set. */
export const environmentOf = ({ instructions }: Stage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    instructions
      .filter(({ word }) => word === 'ENV')
      .flatMap(({ rest }) => rest.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string])),
  );

/** The program and its arguments of a stage's CMD or HEALTHCHECK, which are written as JSON. */
export function commandOf({ instructions }: Stage, word: 'CMD' | 'HEALTHCHECK'): readonly string[] {
  const rest = instructions.findLast((instruction) => instruction.word === word)?.rest ?? '';
  return JSON.parse(rest.slice(rest.indexOf('['))) as string[];
}

/** Whether .dockerignore keeps a path of the project, or what is below it, out of the image. */
export function createIgnore(text: string): (file: string) => boolean {
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return (file) =>
    patterns.some((pattern) => [file, ...parentsOf(file)].some((each) => path.matchesGlob(each, pattern)));
}

function parentsOf(file: string): readonly string[] {
  const above = path.posix.dirname(file);
  return above === '.' ? [] : [above, ...parentsOf(above)];
}

/** The project's own two files, read. */
export function readContainerFiles() {
  const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
  const stages = parseDockerfile(read('Dockerfile'));
  const final = stages.at(-1);
  if (final === undefined) throw new Error('expected a stage in the Dockerfile');
  return { stages, final, isIgnored: createIgnore(read('.dockerignore')) };
}
