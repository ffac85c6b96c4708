import { revertedCommits } from '../../task/text-references.ts';
import type { BaseStep } from './base-line.ts';

/**
 * Which steps are out because a later one says that it reverts them (`revertTargets`), with the step that says so last. A
 * revert of a revert counts back, at any depth.
 */
export function statedReverts(
  steps: number,
  targets: ReadonlyMap<number, ReadonlySet<number>>,
): ReadonlyMap<number, { readonly by: number; readonly isOut: boolean }> {
  const found = new Map<number, { readonly by: number; readonly isOut: boolean }>();
  // A step is reverted by later ones alone, so from the newest down all that matters is known.
  for (let by = steps - 1; by >= 0; by -= 1) {
    const isIn = !(found.get(by)?.isOut ?? false);
    for (const target of targets.get(by) ?? []) {
      const known = found.get(target);
      if (known === undefined || (isIn && !known.isOut)) found.set(target, { by, isOut: isIn });
    }
  }
  return found;
}

/**
 * The earlier steps that each step says it reverts: by `This reverts commit <sha>`, by GitHub's `Revert "<title>"` of the
 * newest earlier step of that title, or by `Reverts #12`.
 */
export function revertTargets(
  steps: readonly Pick<BaseStep, 'messages'>[],
  stepOf: ReadonlyMap<string, number>,
): ReadonlyMap<number, ReadonlySet<number>> {
  const shas = prefixes(stepOf);
  const titles = new Map<string, number>();
  const numbers = new Map<string, number>();
  const targets = new Map<number, ReadonlySet<number>>();
  for (const [index, { messages }] of steps.entries()) {
    const named = messages.flatMap((message) => [
      ...revertedCommits(message).flatMap(
        ({ sha }) => stepOf.get(sha) ?? (sha.length < WHOLE ? shas.get(sha.slice(0, SHORT)) : undefined) ?? [],
      ),
      ...quotedTitles(message).flatMap((title) => titles.get(title) ?? []),
      ...revertedNumbers(message).flatMap((number) => numbers.get(number) ?? []),
    ]);
    const earlier = new Set(named.filter((target) => target < index));
    if (earlier.size > 0) targets.set(index, earlier);
    for (const message of messages) titles.set(plainTitle(titleOf(message)), index);
    const number = numberOf(messages[0] ?? '');
    if (number !== null) numbers.set(number, index);
  }
  return targets;
}

/** The shortest that git writes, and the length of a whole one. */
const SHORT = 7;
const WHOLE = 40;

function prefixes(stepOf: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...stepOf].map(([sha, step]) => [sha.slice(0, SHORT), step]));
}

export const titleOf = (message: string): string => message.slice(0, message.search(/\n|$/)).trim();

/** Without the number that GitHub's squash puts behind it. */
const plainTitle = (title: string): string => title.replace(/\s*\(#\d+\)$/, '');

const quotedTitles = (message: string): readonly string[] =>
  [...message.matchAll(/^\s*(?:[*-] )?(?:re)?revert:? "(.{1,300})"/gim)].map(([, title = '']) => plainTitle(title));

const revertedNumbers = (message: string): readonly string[] =>
  [...message.matchAll(/^\s*(?:this )?reverts?:? (?:[\w.-]+\/[\w.-]+|https:\/\/\S+\/pull\/)?#?(\d{1,9})\b/gim)].map(
    ([, number = '']) => number,
  );

/** The pull request of a step, from the title that GitHub gives a merge or a squash. */
export function numberOf(message: string): string | null {
  const [, merge, squash] = /^(?:merge pull request #(\d+)|auto merge of #(\d+))/i.exec(message) ?? [];
  return merge ?? squash ?? /\(#(\d+)\)$/.exec(titleOf(message))?.[1] ?? null;
}
