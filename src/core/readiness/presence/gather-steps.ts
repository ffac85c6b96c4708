import type { Instant } from '../../task/facts.ts';
import type { BaseStep } from './base-line.ts';

/** A commit as a walk through history found it. */
export interface WalkedCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Second of authoring and name: what survives a rebase. */
  readonly author: string;
  readonly at: Instant;
  readonly message: string;
}

export type PlainStep = Omit<BaseStep, 'files'>;

interface GatheredSteps {
  /** The oldest first. */
  readonly steps: readonly PlainStep[];
  /** The step that brought each commit to the base. */
  readonly stepOf: ReadonlyMap<string, number>;
}

/** Arranges a walk by the first parents of the base: each is a step, which brought whatever no earlier one had. */
export function gatherSteps(walked: ReadonlyMap<string, WalkedCommit>, base: string): GatheredSteps {
  const line = firstParents(walked, base).reverse();
  const places = new Map(line.map(({ sha }, index) => [sha, index]));
  const stepOf = new Map<string, number>();
  const steps = line.map((commit, index): PlainStep => {
    const brought = collectNew(commit.sha, walked, stepOf);
    for (const { sha } of brought) stepOf.set(sha, index);
    const begun = commit.parents.slice(1).map((head) => begunOn(head, walked, places));
    return {
      sha: commit.sha,
      at: commit.at,
      messages: brought.map(({ message }) => message),
      begunOn: begun.length === 0 ? null : Math.min(...begun),
    };
  });
  return { steps, stepOf };
}

function firstParents(walked: ReadonlyMap<string, WalkedCommit>, from: string): WalkedCommit[] {
  const found: WalkedCommit[] = [];
  for (let at = walked.get(from); at !== undefined; at = walked.get(at.parents[0] ?? '')) found.push(at);
  return found;
}

/** The commit itself comes first. */
function collectNew(
  sha: string,
  walked: ReadonlyMap<string, WalkedCommit>,
  known: ReadonlyMap<string, number>,
): readonly WalkedCommit[] {
  const seen = new Set<string>();
  const found: WalkedCommit[] = [];
  const ahead = [sha];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const commit = walked.get(next);
    if (commit === undefined || seen.has(next) || known.has(next)) continue;
    seen.add(next);
    found.push(commit);
    ahead.push(...commit.parents);
  }
  return found;
}

/** The step that a branch's own first parents lead to; -1 where that lies before all steps. */
function begunOn(head: string, walked: ReadonlyMap<string, WalkedCommit>, places: ReadonlyMap<string, number>): number {
  for (let sha: string | undefined = head; sha !== undefined; sha = walked.get(sha)?.parents[0]) {
    const place = places.get(sha);
    if (place !== undefined) return place;
  }
  return -1;
}
