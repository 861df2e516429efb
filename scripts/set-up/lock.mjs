import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTES_DIR } from './places.mjs';
import { orExplain } from './stamp.mjs';
import { SetUpError, say, startProgress } from './terminal.mjs';

const LOCK = join(NOTES_DIR, 'lock');
const OWNER = join(LOCK, 'owner.json');
const POLL_MS = 200;
const BEAT_MS = 1_000;
const SILENT_OWNER_MS = 20_000;
const ORPHANED_COMMAND_MS = 5 * 60_000;
const MAX_WAIT_MS = 20 * 60_000;

let ownNote;

/**
 * Waits until no other set-up works in this clone. A lock whose set-up has died is taken over, as soon as the
 * command it had started has ended too. Release may be called twice.
 */
export async function takeLock() {
  const note = { token: randomBytes(6).toString('hex'), pid: process.pid };
  const draft = join(NOTES_DIR, `lock.draft.${note.token}`);
  orExplain(() => {
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, 'owner.json'), JSON.stringify(note));
  });
  await waitUntil(() => moveOnto(draft, LOCK), draft);
  ownNote = note;
  const beat = setInterval(() => utimesSync(OWNER, new Date(), new Date()), BEAT_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      release(note.token);
    },
  };
}

async function waitUntil(isOurs, draft) {
  const startedAt = Date.now();
  const judge = createJudge();
  let progress;
  while (!isOurs()) {
    const owner = readOwner();
    if (owner !== undefined && judge(owner)) {
      retire(owner);
      continue;
    }
    progress ??= startProgress('Waiting for another set-up of this clone');
    if (Date.now() - startedAt > MAX_WAIT_MS) {
      rmSync(draft, { recursive: true, force: true });
      throw new SetUpError(`Another set-up has held ${LOCK} for 20 minutes: end it, or delete that folder.`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  progress?.done();
}

// A process id alone proves little: after a restart of a container another process has it. So a living owner
// must also be seen to beat, measured by how long we ourselves have watched (a laptop may have slept).
function createJudge() {
  const watchedSince = Date.now();
  let lastBeat;
  let lastBeatSeenAt = watchedSince;
  return (owner) => {
    const now = Date.now();
    if (!isAlive(owner.pid)) return !isAlive(owner.childPid) || now - watchedSince > ORPHANED_COMMAND_MS;
    if (owner.beat !== lastBeat) [lastBeat, lastBeatSeenAt] = [owner.beat, now];
    return now - lastBeatSeenAt > SILENT_OWNER_MS;
  };
}

/** Notes the command that works under the lock, or that none does: it may outlive us, and then others must wait. */
export function noteChild(childPid) {
  if (ownNote === undefined) return;
  const draft = `${OWNER}.draft`;
  writeFileSync(draft, JSON.stringify({ ...ownNote, childPid }));
  renameSync(draft, OWNER);
}

// A folder cannot be renamed onto a folder that has something in it, on any platform: so the lock appears
// together with its owner's note, and only one of two can win it.
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY'];

function moveOnto(from, to, unmoved = TAKEN) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (unmoved.includes(error.code)) return false;
    throw error;
  }
}

// Of two that see the same dead owner, one may come so late that the lock is gone already (ENOENT), or somebody's
// again. The retired folder carries the dead owner's token and stays for a while: the late rename fails on it.
function retire(owner) {
  const moved = moveOnto(LOCK, join(NOTES_DIR, `lock.retired.${owner.token}`), [...TAKEN, 'ENOENT']);
  if (moved) say('An earlier set-up was cut off; starting over from where it left things.');
}

function release(token) {
  if (readOwner()?.token === token) rmSync(LOCK, { recursive: true, force: true });
  for (const name of readdirSync(NOTES_DIR).filter((entry) => entry.startsWith('lock.'))) {
    const leftover = join(NOTES_DIR, name);
    const age = Date.now() - (statSync(leftover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    // A draft may belong to somebody who still waits.
    if (age > MAX_WAIT_MS + SILENT_OWNER_MS) rmSync(leftover, { recursive: true, force: true });
  }
}

function readOwner() {
  try {
    return { ...JSON.parse(readFileSync(OWNER, 'utf8')), beat: statSync(OWNER).mtimeMs };
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
