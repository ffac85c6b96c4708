import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, refKey } from '../core/task/identity.ts';
import { isLive } from '../core/work/lease.ts';
import type { ClaimRow } from './claim-row.ts';
import type { OriginStore } from './store.ts';

interface Refused {
  readonly task: Ref;
  readonly agent: string;
  readonly token: number;
  /** Null: nobody has ever claimed the task on this GitHub. */
  readonly row: ClaimRow | null;
  readonly now: Instant;
}

const ASK_AGAIN = 'Stop working on it, and ask for another one: parasol work claim.';

/** Why a claim is not the holder's: whose it is, what became of theirs, and what to do. */
export async function refusalFor(store: OriginStore, refused: Refused): Promise<UserError> {
  const { task, agent, token, row, now } = refused;
  const name = formatRef(task);
  if (row === null) return neverClaimed(store, refused);
  if (row.token > token || (row.token === token && row.agent === agent)) {
    return new UserError('claim_refused', `Your claim of ${name} is over: ${fateOf(row, now)}.`, ASK_AGAIN);
  }
  const hint = 'Give the agent and the token that work claim answered with.';
  return new UserError('claim_refused', `Token ${token} of ${name} is not one of agent ${agent}.`, hint);
}

async function neverClaimed({ db, origin }: OriginStore, { task, agent }: Refused): Promise<UserError> {
  const name = formatRef(task);
  const elsewhere = await db
    .selectFrom('claims')
    .select('origin')
    .where('task', '=', refKey(task))
    .where('agent', '=', agent)
    .executeTakeFirst();
  if (elsewhere === undefined) {
    return new UserError('claim_refused', `Nobody has ever claimed ${name}.`, 'Claim it first: parasol work claim.');
  }
  const message = `Your claim of ${name} was made on ${elsewhere.origin}, and this is ${origin}.`;
  return new UserError('claim_refused', message, `Set GITHUB_API_URL to the API of ${elsewhere.origin}.`);
}

function fateOf(row: ClaimRow, now: Instant): string {
  if (row.released_at !== null) return `it was released at ${row.released_at}`;
  if (!isLive({ until: row.expires_at }, now)) return `agent ${row.agent} had it since, until ${row.expires_at}`;
  return `agent ${row.agent} has it since ${row.claimed_at}, until ${row.expires_at}`;
}
