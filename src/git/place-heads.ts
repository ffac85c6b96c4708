import { setImmediate } from 'node:timers/promises';
import { type CommitGraph, type Standing, standingOf } from '../core/risk/standing.ts';

/** So many heads until signals are looked at: milliseconds, or half a second where each has ten thousand commits of its own. */
const HEADS_AT_ONCE = 64;

/**
 * Where heads stand against the base, in order; null of those that the signal came before. Onto a base that is years old
 * every head has years of commits, and thousands of heads take minutes.
 */
export async function placeHeads(
  graph: CommitGraph,
  heads: readonly { readonly commit: string }[],
  signal: AbortSignal | undefined,
): Promise<readonly (Standing | null)[]> {
  const placed: (Standing | null)[] = [];
  for (const [place, { commit }] of heads.entries()) {
    if (place > 0 && place % HEADS_AT_ONCE === 0) await setImmediate();
    placed.push(signal?.aborted === true ? null : standingOf(graph, commit));
  }
  return placed;
}
