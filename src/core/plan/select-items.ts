import { UserError } from '../failure.ts';
import { compileGlob } from '../glob.ts';
import { parseRef, refKey } from '../task/identity.ts';
import type { Plan, PlanItem } from './plan.ts';
import { isMadeByItem, needsOf, plannedRefs } from './resolve-change.ts';

export interface Choice {
  /**
   * Item ids, globs of them (`link-*`), or issues (`#12`, `o/r#12`); a set: these ids and no others, letter for letter;
   * null: every item that the plan selects.
   */
  readonly only: readonly string[] | ReadonlySet<string> | null;
  readonly skip: readonly string[];
}

export interface Selection {
  /** Ids, in the plan's order. */
  readonly chosen: readonly string[];
  readonly leftOut: readonly { readonly id: string; readonly reason: string }[];
}

type Selectable = Pick<Plan, 'items' | 'repository'>;

/**
 * Which items are applied. One whose need is left out is left out too, unless that need is `settled`: applied before.
 * Throws `usage` for a word that fits no item.
 */
export function selectItems(
  plan: Selectable,
  { only, skip }: Choice,
  settled: ReadonlySet<string> = new Set(),
): Selection {
  const wanted = only === null || isSet(only) ? only : matching(plan, only, '--only');
  const unwanted = matching(plan, skip, '--skip');
  const leftOut = new Map<string, string>();
  for (const item of plan.items) {
    const need = needsOf(item).find((id) => leftOut.has(id) && !settled.has(id));
    if (unwanted.has(item.id)) leftOut.set(item.id, 'skipped by name');
    else if (wanted !== null && !wanted.has(item.id)) leftOut.set(item.id, 'not chosen');
    else if (wanted === null && !item.selected) leftOut.set(item.id, `only proposed: choose it with --only ${item.id}`);
    else if (need !== undefined) leftOut.set(item.id, `needs ${need}, which is left out`);
  }
  return {
    chosen: plan.items.flatMap(({ id }) => (leftOut.has(id) ? [] : [id])),
    leftOut: [...leftOut].map(([id, reason]) => ({ id, reason })),
  };
}

const isSet = (only: readonly string[] | ReadonlySet<string>): only is ReadonlySet<string> => only instanceof Set;

/** `a, b` and `a b` as people write them. */
export const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');

function matching(plan: Selectable, words: readonly string[], option: string): ReadonlySet<string> {
  const candidates = words.length === 0 ? [] : plan.items.map(candidateOf);
  const ids = words.flatMap((word) => {
    const means = meaningOf(word, plan);
    const found = candidates.filter(means).map(({ id }) => id);
    if (found.length === 0) {
      throw new UserError(
        'usage',
        `${option} ${word} fits no item of the plan.`,
        'Name an item id, a glob of ids such as link-*, or an issue; parasol plan show lists the items.',
      );
    }
    return found;
  });
  return new Set(ids);
}

interface Candidate {
  readonly id: string;
  /** The id in lower case. */
  readonly name: string;
  /** `refKey` of the issues that it is meant by. */
  readonly issues: readonly string[];
}

/** A child is meant by its number, an umbrella is not: `--only #3` would else mean every link under it. */
function candidateOf({ id, change }: PlanItem): Candidate {
  const named = 'child' in change ? [change.child] : plannedRefs(change);
  const issues = named.flatMap((one) => (isMadeByItem(one) ? [] : [refKey(one)]));
  return { id, name: id.toLowerCase(), issues };
}

/** Read once for each word, not once for each item: a plan may have thousands. */
function meaningOf(word: string, { repository }: Selectable): (item: Candidate) => boolean {
  const fits = compileGlob(asOneName(word.toLowerCase()));
  const ref = parseRef(word, { defaultRepository: repository, ids: [] });
  const issue = ref !== null && 'number' in ref ? refKey(ref) : null;
  return ({ name, issues }) => fits(asOneName(name)) || (issue !== null && issues.includes(issue));
}

/** `link-octo/dock12` is one name: a star in `link-*` reaches over its slash. */
const asOneName = (text: string): string => text.replaceAll('/', ':');
