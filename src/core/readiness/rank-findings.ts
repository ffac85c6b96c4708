import type { TaskFacts } from '../task/facts.ts';
import { type Ref, refKey } from '../task/identity.ts';
import { compareNames, compareRefs, compareText } from './compare-refs.ts';
import type { ReadinessView } from './criterion.ts';
import { stands, type WaivableFinding } from './judge-criteria.ts';
import { CRITERION_IDS } from './report-schema.ts';
import { indexOfScope, isLeft, type ScopeIndex } from './scope-index.ts';

export interface RankedFinding extends WaivableFinding {
  /** Tasks in scope that wait for it, directly or not, by name; at most `MAX_UNBLOCKED`. */
  readonly unblocks: readonly Ref[];
}

/** So that a long chain of tasks is not walked, and not told, once for each of its links. */
export const MAX_UNBLOCKED = 50;

/**
 * What stands in the way comes first: the one that most tasks wait for, then what blocks before what informs, what fails
 * before what is unknown, by criterion, the oldest, by name.
 */
export function rankFindings(findings: readonly WaivableFinding[], view: ReadinessView): readonly RankedFinding[] {
  const waitingFor = createWalk(indexOfScope(view));
  const ranked = findings.map((finding): RankedFinding => {
    const unblocks = stands(finding) ? waitingFor(rootsOf(finding, view)) : [];
    return { ...finding, unblocks };
  });
  return ranked.sort(compareFindings);
}

function compareFindings(a: RankedFinding, b: RankedFinding): number {
  return (
    Number(stands(b)) - Number(stands(a)) ||
    b.unblocks.length - a.unblocks.length ||
    Number(b.isBlocking) - Number(a.isBlocking) ||
    EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) ||
    CRITERION_IDS.indexOf(a.criterion) - CRITERION_IDS.indexOf(b.criterion) ||
    compareText(a.since ?? LAST, b.since ?? LAST) ||
    compareNames(a.item?.ref ?? '', b.item?.ref ?? '') ||
    compareText(a.id, b.id)
  );
}

const EFFECTS: readonly RankedFinding['effect'][] = ['fails', 'unknown', 'informs'];

/** Later than any time that is known. */
const LAST = '~';

interface Roots {
  /** A task, which does not wait for itself. */
  readonly from: readonly string[];
  /** Tasks of a pull request, which wait for it. */
  readonly first: readonly TaskFacts[];
}

function rootsOf({ item }: WaivableFinding, view: ReadinessView): Roots {
  const key = item?.ref.toLowerCase() ?? '';
  if (item?.kind === 'task') return { from: [key], first: [] };
  if (item?.kind !== 'pull_request') return { from: [], first: [] };
  const tasks = indexOfScope(view).tasksOf.get(key) ?? [];
  return { from: [], first: tasks.filter((task) => view.facts.tasks.has(refKey(task.ref)) && isLeft(task, view)) };
}

function createWalk({ waiters }: ScopeIndex): (roots: Roots) => readonly Ref[] {
  const known = new Map<string, readonly Ref[]>();
  const walk = ({ from, first }: Roots): readonly Ref[] => {
    const reached = new Map(first.map((task) => [refKey(task.ref), task.ref]));
    const starts = new Set(from);
    for (const key of steps(starts, reached)) {
      for (const { ref } of waiters.get(key) ?? []) {
        if (reached.size >= MAX_UNBLOCKED) break;
        if (!starts.has(refKey(ref))) reached.set(refKey(ref), ref);
      }
    }
    return [...reached.values()].sort(compareRefs).slice(0, MAX_UNBLOCKED);
  };
  return (roots) => {
    const key = [...roots.from, 'and', ...roots.first.map(({ ref }) => refKey(ref))].join(' ');
    const refs = known.get(key) ?? walk(roots);
    known.set(key, refs);
    return refs;
  };
}

/** Also what is reached while the walk goes on. */
function* steps(starts: ReadonlySet<string>, reached: ReadonlyMap<string, Ref>): Generator<string> {
  yield* starts;
  yield* reached.keys();
}
