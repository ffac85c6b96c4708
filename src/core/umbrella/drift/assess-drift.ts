import type { TaskFacts } from '../../task/facts.ts';
import { formatRef, type Ref, refKey } from '../../task/identity.ts';
import { hostOf } from '../../task/text-references.ts';
import { LEVELS } from '../links/check-link.ts';
import type { Progress } from '../rollup.ts';
import type { Drift, DriftFacts, DriftFinding } from './drift.ts';
import { missingItems } from './missing-items.ts';
import { NO_PLACE } from './place-in-body.ts';
import { type ListedChild, readListedChildren } from './read-listed-children.ts';
import { readSummaries } from './read-summaries.ts';
import { staleSummaries } from './stale-summaries.ts';

/**
 * Where the umbrella's text and the world have drifted apart: tasks that it lists and that are not linked, children that
 * its list lacks, checkboxes out of step with their tasks, summaries that are no longer true. A text without a list of
 * children lacks none.
 */
export function assessDrift(facts: DriftFacts): Drift {
  const { umbrella } = facts;
  const listed = listedChildren(umbrella);
  return {
    findings: [
      ...listed.flatMap((item) => [...notLinked(item, facts), ...boxOutOfStep(item, facts)]),
      ...missingItems(listed, facts),
      ...staleSummaries(readSummaries(umbrella.body), facts.progress, onceLinked(facts, listed)),
    ],
    gaps: umbrella.children.known ? [] : [umbrella.children.gap],
  };
}

/** The list in an umbrella's text, of two items for one task the first; `#12` means its own repository there. */
export function listedChildren({ ref, url, body }: DriftFacts['umbrella']): readonly ListedChild[] {
  const items = readListedChildren(body, { repository: ref, host: hostOf(url) });
  const first = new Map(items.toReversed().map((item) => [refKey(item.ref), item]));
  return items.filter((item) => first.get(refKey(item.ref)) === item);
}

function notLinked({ ref, line, quote }: ListedChild, facts: DriftFacts): readonly DriftFinding[] {
  const { umbrella } = facts;
  if (!umbrella.children.known || refKey(ref) === refKey(umbrella.ref)) return [];
  // Of children that the audience may not see, too, nobody may say that they are not linked.
  if (umbrella.children.value.some((child) => refKey(child) === refKey(ref))) return [];
  const thing = facts.others.get(refKey(ref)) ?? { kind: 'unread' };
  const name = formatRef(ref, umbrella.ref);
  const finding = { kind: 'not_linked', ref, line, quote } as const;
  const above = facts.ancestors.findIndex((ancestor) => refKey(ancestor) === refKey(ref));
  if (above >= 0) {
    const place = above === 0 ? "which is the umbrella's own parent" : 'which stands above the umbrella';
    return [{ ...finding, text: `the text lists ${name}, ${place} and cannot be its sub-issue, too`, fix: null }];
  }
  switch (thing.kind) {
    case 'pull_request':
      return [];
    case 'missing':
      return [{ ...finding, text: `the text lists ${name}, which does not exist or cannot be seen`, fix: null }];
    case 'unread':
      return [{ ...finding, text: `the text lists ${name}, which is no sub-issue`, fix: null }];
    case 'issue':
      if (ref.owner.toLowerCase() !== umbrella.ref.owner.toLowerCase())
        return [{ ...finding, text: `the text lists ${name}, which belongs to another owner`, fix: null }];
      if (thing.parent === null && facts.ancestors.length >= LEVELS)
        return [
          {
            ...finding,
            text: `the text lists ${name}, which is not linked; it would stand deeper than the ${LEVELS} levels that GitHub allows`,
            fix: null,
          },
        ];
      if (thing.parent === null)
        return [{ ...finding, text: `the text lists ${name}, which is not linked`, fix: { kind: 'link' } }];
      return [
        {
          ...finding,
          text: `the text lists ${name}, which is a sub-issue of ${thing.parent === 'hidden' ? 'another issue' : formatRef(thing.parent, umbrella.ref)}`,
          fix: null,
        },
      ];
  }
}

function boxOutOfStep(item: ListedChild, facts: DriftFacts): readonly DriftFinding[] {
  const { ref, line, column, isTicked, quote } = item;
  const state = stateOf(ref, facts);
  if (isTicked === null || state === null || isTicked === (state === 'closed')) return [];
  const name = formatRef(ref, facts.umbrella.ref);
  const text = isTicked ? `${name} is ticked and open` : `${name} is closed and not ticked`;
  const finding = { kind: 'box', ref, line, quote } as const;
  const box = quote.slice(0, '[ ]'.length);
  if (column === null) return [{ ...finding, text: `${text}; ${NO_PLACE}`, fix: null }];
  const edit = { line, replaces: { column, text: box }, put: isTicked ? '[ ]' : '[x]' };
  return [{ ...finding, text, fix: { kind: 'edit', edit } }];
}

function stateOf(ref: Ref, { children, others }: DriftFacts): TaskFacts['state'] | null {
  const key = refKey(ref);
  const other = others.get(key);
  return children.find((child) => refKey(child.ref) === key)?.state ?? (other?.kind === 'issue' ? other.state : null);
}

/** What the summary has to say when the listed tasks are linked, too: one fix must not make the next finding. */
function onceLinked(
  facts: DriftFacts,
  listed: readonly ListedChild[],
): Pick<Progress, 'complete' | 'relevant' | 'total'> {
  const { complete, relevant, total } = facts.progress;
  const linked = listed
    .filter((item) => notLinked(item, facts).some(({ fix }) => fix !== null))
    .map(({ ref }) => stateOf(ref, facts));
  const closed = linked.filter((state) => state === 'closed').length;
  return { complete: complete + closed, relevant: relevant + linked.length, total: total + linked.length };
}
