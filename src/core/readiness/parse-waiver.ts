import type { Command } from '../commands.ts';
import { endOfDay } from '../end-of-day.ts';
import { parseRef, type Ref } from '../task/identity.ts';
import type { WaiverFacts } from './readiness-facts.ts';
import { CRITERION_IDS, type CriterionId } from './report-schema.ts';

/** What a waiver sets aside, and until when; without who wrote it where. */
export type WaiverWords = Pick<WaiverFacts, 'item' | 'criterion' | 'until' | 'sha' | 'reason'>;

type Parsed = { readonly waivers: readonly WaiverWords[] } | { readonly problem: string };

/** With the colon the reason begins, also where no blank follows it. */
const DAY = /^(\d{4}-\d{2}-\d{2})(?:(:)(.*))?$/s;
const SHA = /^[0-9a-f]{7,40}$/i;
const MAX_NAMES = 20;

/**
 * Reads `/parasol waive [#12|criterion …] until YYYY-MM-DD [on SHA]: reason`, written on `on`: items and criteria in any
 * order, and why, as the file of waivers asks too. With both each criterion is waived on each item; with neither it is `on` that is meant. It holds to the end of
 * that day in UTC.
 */
export function parseWaiver({ args }: Command, on: Ref): Parsed {
  const at = args.findIndex((word) => word.toLowerCase() === 'until');
  if (at === -1) return { problem: 'it names no day: `until 2026-05-04`' };
  const [, date = '', colon, begun = ''] = DAY.exec(args[at + 1] ?? '') ?? [];
  const until = endOfDay(date);
  if (until === null) return { problem: `\`${args[at + 1] ?? ''}\` is no day: \`until 2026-05-04\`` };
  const names = readNames(args.slice(0, at), on);
  if ('problem' in names) return names;
  const behind = [...(begun === '' ? [] : [begun]), ...args.slice(at + 2)];
  const sha = colon === undefined ? readSha(behind) : null;
  if (sha === undefined) return { problem: `\`${behind[1] ?? ''}\` is no commit: \`on 1a2b3c4\`` };
  const reason = behind
    .slice(sha === null ? 0 : 2)
    .join(' ')
    .replace(/^:\s*/, '')
    .trim();
  if (reason === '') return { problem: 'it gives no reason: `until 2026-05-04: why`' };
  const items = names.items.length === 0 && names.criteria.length === 0 ? [on] : names.items;
  return { waivers: combine(items, names.criteria).map((one) => ({ ...one, until, sha, reason })) };
}

/** As it is in reports, or with hyphens: `base-ci`. */
const criterionOf = (word: string): CriterionId | null =>
  CRITERION_IDS.find((id) => id === word.toLowerCase().replaceAll('-', '_')) ?? null;

interface Names {
  readonly items: readonly Ref[];
  readonly criteria: readonly CriterionId[];
}

function readNames(words: readonly string[], on: Ref): Names | { readonly problem: string } {
  const items: Ref[] = [];
  const criteria: CriterionId[] = [];
  if (words.length > MAX_NAMES) return { problem: `it names more than ${MAX_NAMES} things` };
  for (const word of words.map((one) => one.replace(/,$/, ''))) {
    const criterion = criterionOf(word);
    const ref = criterion === null ? parseRef(word, { defaultRepository: on, ids: [] }) : null;
    if (criterion !== null) criteria.push(criterion);
    else if (ref !== null && 'number' in ref) items.push(ref);
    else return { problem: `\`${word}\` is neither an item (\`#12\`) nor a criterion (${CRITERION_IDS.join(', ')})` };
  }
  return { items, criteria };
}

/** Null: none is named; undefined: what is named is none. */
function readSha([word, name = '']: readonly string[]): string | null | undefined {
  if (word?.toLowerCase() !== 'on') return null;
  const sha = name.replace(/:$/, '');
  return SHA.test(sha) ? sha.toLowerCase() : undefined;
}

function combine(
  items: readonly Ref[],
  criteria: readonly CriterionId[],
): readonly Pick<WaiverFacts, 'item' | 'criterion'>[] {
  if (items.length === 0) return criteria.map((criterion) => ({ item: null, criterion }));
  if (criteria.length === 0) return items.map((item) => ({ item, criterion: null }));
  return items.flatMap((item) => criteria.map((criterion) => ({ item, criterion })));
}
