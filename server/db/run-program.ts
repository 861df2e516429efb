import { execFile } from 'node:child_process';

const PROGRAM_TIMEOUT_MS = 120_000;

/** How PostgreSQL's programs are run: as whom, and through which command in front. */
export type RunAs = {
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** Whether `spawn` itself changes to the owner; otherwise the command in front does. */
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number };
  readonly before: readonly string[];
};

export const AS_OURSELVES: RunAs = { owner: undefined, spawnOptions: {}, before: [] };

export type ProgramResult = { readonly ok: boolean; readonly output: string };

/** The command line that runs `program` as `runAs` says. */
export function commandLine(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): { readonly file: string; readonly args: string[] } {
  const [file = program, ...rest] = [...runAs.before, program, ...args];
  return { file, args: rest };
}

/** Runs a program to its end and returns all it printed; never throws. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly runAs?: RunAs; readonly env?: NodeJS.ProcessEnv; readonly directory?: string } = {},
): Promise<ProgramResult> {
  const runAs = options.runAs ?? AS_OURSELVES;
  const line = commandLine(runAs, program, args);
  return new Promise((resolve) => {
    execFile(
      line.file,
      line.args,
      // The root directory, since the one we stand in may be closed to the owner.
      { ...runAs.spawnOptions, env: options.env, cwd: options.directory ?? '/', timeout: PROGRAM_TIMEOUT_MS },
      (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`.trim();
        resolve({ ok: error === null, output: output === '' && error !== null ? error.message : output });
      },
    );
  });
}
