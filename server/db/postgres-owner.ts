import { stat } from 'node:fs/promises';
import { AppError } from '../../contracts/errors.ts';
import { OR_DATABASE_URL, type PostgresBinaries, firstLine } from './postgres-binaries.ts';
import { AS_OURSELVES, type RunAs, runProgram } from './run-program.ts';

const USER_NAME = 'postgres';
// Either lets a process pass directories that are closed to it; the first only to read, but containers lack it.
const PASSING_CAPABILITIES = ['dac_read_search', 'dac_override'] as const;

type Identity = { readonly uid: number; readonly gid: number };

/**
 * As whom PostgreSQL runs. It refuses to run as root, so root runs it as the owner of its data, or as the user
 * `postgres`, made if there is none. Where that user cannot reach the programs or the data (a clone below /root),
 * it is given the one capability to pass through; the files stay where they are.
 */
export async function findPostgresOwner(options: {
  readonly binaries: PostgresBinaries;
  readonly dataDirectory: string;
  readonly clusterDirectory: string;
}): Promise<RunAs> {
  if (process.getuid?.() !== 0) return AS_OURSELVES;
  const identity = (await ownerOf(options.clusterDirectory)) ?? (await findUser()) ?? (await createUser());
  const direct: RunAs = { owner: identity, spawnOptions: { ...identity }, before: [] };
  const reaches = async (runAs: RunAs): Promise<boolean> => {
    const { env, postgres } = options.binaries;
    const program = await runProgram(postgres, ['--version'], { runAs, env });
    const data = await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', options.dataDirectory], { runAs, env });
    return program.ok && data.ok;
  };
  if (await reaches(direct)) return direct;
  for (const capability of PASSING_CAPABILITIES) {
    const passing: RunAs = { owner: identity, spawnOptions: {}, before: passThrough(identity, capability) };
    if (await reaches(passing)) return passing;
  }
  throw new AppError(
    'start_failed',
    `PostgreSQL cannot run as root, and user ${identity.uid} cannot reach ${options.dataDirectory} and ` +
      `${options.binaries.postgres}: move Linewatch out of a private directory such as /root (to /opt/linewatch, say), ` +
      `start it as an ordinary user, ${OR_DATABASE_URL}.`,
  );
}

// `no_setuid_fixup`, because access(2), with which PostgreSQL looks for itself, otherwise ignores the
// capabilities of a process that is not root. The bounding set takes every other one away for good.
function passThrough(identity: Identity, capability: string): readonly string[] {
  const only = `-all,+${capability}`;
  return [
    'setpriv',
    `--reuid=${identity.uid}`,
    `--regid=${identity.gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    `--inh-caps=${only}`,
    `--ambient-caps=${only}`,
    `--bounding-set=${only}`,
    '--',
  ];
}

async function ownerOf(directory: string): Promise<Identity | undefined> {
  const found = await stat(directory).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function findUser(): Promise<Identity | undefined> {
  const [user, group] = await Promise.all([runProgram('id', ['-u', USER_NAME]), runProgram('id', ['-g', USER_NAME])]);
  if (!user.ok || !group.ok) return undefined;
  return { uid: Number(user.output), gid: Number(group.output) };
}

async function createUser(): Promise<Identity> {
  const created = await runProgram('useradd', ['--system', '--user-group', '--no-create-home', USER_NAME]);
  const user = await findUser();
  if (user !== undefined) return user;
  throw new AppError(
    'start_failed',
    `PostgreSQL cannot run as root, and the user "${USER_NAME}" for it could not be made (${firstLine(created.output)}): ` +
      `create that user, start Linewatch as an ordinary user, ${OR_DATABASE_URL}.`,
  );
}
