import { ghCommand, hostOf, shellQuoted } from '../gh-command.ts';
import { visibleLine } from '../markdown.ts';
import type { RepositoryRef } from '../task/identity.ts';
import type { OpenChange } from './open-change.ts';
import type { MergeOrder } from './order/order-merges.ts';
import type { StackedPair } from './pair-risk.ts';
import type { ReadPairs, RegeneratePair } from './read-pairs.ts';
import { rebaseCommand } from './rebase-command.ts';
import { type BasedConflict, basesOf, redoAfter } from './redo-after.ts';

export interface MergeCommand {
  readonly name: string;
  /**
   * One line for a shell. GitHub refuses it once somebody pushed to the head, unless a push is what has to come first: then it
   * names no head.
   */
  readonly command: string;
  /** Merged before it and in conflict with it: it has to be redone first, surely or probably. Empty where it merges clean. */
  readonly redoAfter: readonly string[];
  /** The same in the same order, with what is known of each; unlikely ones only where one of them alone is likely. */
  readonly redo: readonly BasedConflict[];
  /** In words, what is to be done or seen before. */
  readonly before: readonly string[];
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

interface Place {
  readonly repository: RepositoryRef | null;
  /** What the clone calls that repository; null where no clone is at hand, or none of its remotes is that. */
  readonly remote: string | null;
  /** Null where nobody knows which the repository allows: `gh` then asks. */
  readonly mergeMethod: MergeMethod | null;
  readonly edges: ReadPairs['edges'];
  readonly regenerate: readonly RegeneratePair[];
  /** The branch that all of them go into. */
  readonly base: { readonly name: string };
  readonly stacks: readonly StackedPair[];
}

const MOST = 10;

/** The next ten merges as `gh` commands; none for what is not ready, nor where there is no pull request. */
export function nextMerges(
  { places }: MergeOrder,
  changes: readonly OpenChange[],
  { repository, remote, mergeMethod, base, edges, regenerate, stacks }: Place,
): readonly MergeCommand[] {
  if (repository === null) return [];
  const based = basesOf(edges);
  const placeOf = new Map(places.map(({ name }, place) => [name, place]));
  const byName = new Map(changes.map((change) => [change.name, change]));
  const ready = places.filter(({ reason }) => reason.kind !== 'not_ready');
  const isReady = new Set(ready.map(({ name }) => name));
  /** The highest that it stands on: it brings in all below that. */
  const below = (name: string): OpenChange | undefined =>
    stacks
      .flatMap(({ dependent, on }) => (dependent === name && isReady.has(on) ? (byName.get(on) ?? []) : []))
      .toSorted((one, other) => (placeOf.get(other.name) ?? 0) - (placeOf.get(one.name) ?? 0))[0];
  return ready
    .flatMap(({ name, hitBy, hitChance }) => {
      const change = byName.get(name);
      if (change === undefined || change.number === null) return [];
      const { sure, likely, anyOf } = redoAfter(based(name, hitBy), hitChance);
      const redo = [...sure, ...likely, ...anyOf];
      const on = mergeMethod === 'merge' ? undefined : below(name);
      const target = mergeMethod === null ? onRemote(base.name) : { ref: `refs/heads/${base.name}`, branch: base.name };
      const rebased =
        on === undefined ? [] : [rebaseWords(change, on, { repository, remote, mergeMethod, ref: target.ref })];
      const earlier = pairsBefore(name, regenerate, placeOf);
      const isRebased = mergeMethod !== null && rebased.length > 0;
      const isPushedFirst = isRebased || [redo, change.anew].some((all) => all.length > 0) || earlier.some(isSure);
      const pinned = isPushedFirst ? null : change.headSha;
      const command = mergeCommand(change, { repository, method: mergeMethod, pinned });
      // GitHub's own word on where it goes is part of what it needs before; nobody asked GitHub where the method is not known.
      const aimed = on !== undefined && mergeMethod === null ? [aimWords(change, repository, target.branch)] : [];
      const before = [...rebased, ...aimed, ...beforeMerge(change, repository), ...madeAnew(change, earlier)];
      return [{ name, command, redoAfter: redo.map((one) => one.name), redo, before }];
    })
    .slice(0, MOST);
}

/** GitHub merges no draft. */
const beforeMerge = (change: OpenChange, repository: RepositoryRef): readonly string[] =>
  change.isDraft ? [`a draft: ${ghCommand('pr ready', change, repository)}`, ...change.before] : change.before;

const DONE = { merge: 'merged', squash: 'squashed', rebase: 'rebased' } as const;

interface Rebasing extends Pick<Place, 'remote' | 'mergeMethod'> {
  readonly repository: RepositoryRef;
  readonly ref: string;
}

/** Holds in any clone, also in one whose `origin` is somebody's fork. */
const addressOf = ({ owner, repo }: RepositoryRef, url: string | null): string =>
  `https://${hostOf(url) ?? 'github.com'}/${owner}/${repo}.git`;

/** The base then has what lies below as other commits, with which those in the stack conflict as soon as they change the same. */
function rebaseWords(
  { number, url }: OpenChange,
  on: OpenChange,
  { repository, remote, mergeMethod, ref }: Rebasing,
): string {
  const done = mergeMethod === null ? 'merged, if that was by squash or rebase' : DONE[mergeMethod];
  return `once ${on.name} is ${done}: ${rebaseCommand({ number, url, on, ref, repository, remote: remote ?? addressOf(repository, url) })}`;
}

/** The base as somebody named it in a clone, as its remote calls it; no branch where that is only known as the main one. */
function onRemote(name: string): { readonly ref: string; readonly branch: string | null } {
  const branch = name.replace(/^(?:refs\/)?(?:remotes\/)?(?:origin|heads)\//, '');
  return branch === 'HEAD' ? { ref: 'HEAD', branch: null } : { ref: `refs/heads/${branch}`, branch };
}

/** A stacked pull request may go into the branch below it, and would be merged there. */
function aimWords(change: OpenChange, repository: RepositoryRef, branch: string | null): string {
  if (branch === null) return 'see first that it goes into the main branch';
  return `see first that it goes into ${branch}: ${ghCommand('pr edit', change, repository, [`--base=${shellQuoted(branch)}`])}`;
}

const isSure = ({ basis }: RegeneratePair): boolean => basis === 'verified';

/** With what merges before it, as the other side of the pair. */
function pairsBefore(
  name: string,
  pairs: readonly RegeneratePair[],
  placeOf: ReadonlyMap<string, number>,
): readonly (RegeneratePair & { readonly other: string })[] {
  const own = placeOf.get(name) ?? 0;
  return pairs.flatMap((pair) => {
    const other = pair.a === name ? pair.b : pair.b === name ? pair.a : null;
    return other !== null && (placeOf.get(other) ?? Number.POSITIVE_INFINITY) < own ? [{ ...pair, other }] : [];
  });
}

function madeAnew({ anew }: OpenChange, earlier: ReturnType<typeof pairsBefore>): readonly string[] {
  const onBase = anew.length === 0 ? [] : [`make ${pathsInWords(anew)} anew on the base`];
  const after = ([true, false] as const).flatMap((sure) => {
    const pairs = earlier.filter((pair) => isSure(pair) === sure);
    const paths = [...new Set(pairs.flatMap((pair) => pair.paths))].filter((path) => !anew.includes(path));
    if (paths.length === 0) return [];
    const others = inWords(pairs.map(({ other }) => other));
    return [`${sure ? 'make' : 'perhaps make'} ${pathsInWords(paths)} anew after ${others}`];
  });
  return [...onBase, ...after];
}

const pathsInWords = (paths: readonly string[]): string => inWords(paths.map(visibleLine));

const MOST_NAMED = 3;

function inWords(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? [`${names.length - MOST_NAMED} more`] : [];
  return [...names.slice(0, MOST_NAMED), ...more].join(', ');
}

interface Merging {
  readonly repository: RepositoryRef;
  readonly method: MergeMethod | null;
  /** The head that alone may be merged; null where another is pushed first. */
  readonly pinned: string | null;
}

function mergeCommand(change: OpenChange, { repository, method, pinned }: Merging): string {
  return ghCommand('pr merge', change, repository, [
    ...(method === null ? [] : [`--${method}`]),
    ...(pinned === null ? [] : [`--match-head-commit=${shellQuoted(pinned)}`]),
  ]);
}
