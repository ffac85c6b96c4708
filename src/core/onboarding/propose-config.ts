import { DEFAULT_ID_PATTERNS, findPlannedIds } from '../task/planned-id.ts';
import { lanePrefix } from './lane-prefix.ts';
import type { OnboardingFacts, ProposedLine } from './onboarding-facts.ts';
import { proposeArtifacts } from './propose-artifacts.ts';
import { proposeLanes } from './propose-lanes.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** A file that somebody reads in one go. */
export const MOST_LINES = 15;

/** At least so many titles before a grammar of ids that Parasol does not know by itself is believed. */
const ENOUGH_TITLES = 3;

/**
 * At most 15 lines of `.github/parasol.yml`, each with its reason, from what the repository shows. Nothing is proposed
 * without something found for it, so a bare repository gets a file that only turns the rollup on.
 */
export function proposeConfig(facts: OnboardingFacts): readonly ProposedLine[] {
  const tasks = [
    ...proposeIds(facts.titles),
    ...proposeUmbrella(facts),
    ...proposeLaneLabel(facts.labels),
    ...proposeBlockedLabels(facts.labels),
  ];
  const frame = { yaml: 'version: 1', reason: 'the format of this file' };
  const rollup = {
    yaml: 'rollup: { mode: comment }',
    reason: 'one comment per umbrella, edited in place; off stops it',
  };
  const artifacts = proposeArtifacts(facts.forms);
  const lanes = proposeLanes(facts.labels, facts.codeowners);
  const artifactBudget = Math.min(artifacts.length, 4);
  const tasksBlock = [
    ...tasks,
    ...section('  artifacts:', 'fields that the issue forms ask for', artifacts, artifactBudget),
  ];
  const head =
    tasksBlock.length === 0 ? [frame] : [frame, { yaml: 'tasks:', reason: 'how tasks are told' }, ...tasksBlock];
  const left = MOST_LINES - head.length - 1;
  const lanesBlock = section('lanes:', 'one stream of work each', lanes, left - 1);
  return [...head, ...lanesBlock, rollup];
}

/** The proposal as a file: the reasons are comments, aligned as far as lines are short. */
export function renderProposedConfig(lines: readonly ProposedLine[]): string {
  const column = Math.min(60, Math.max(...lines.map(({ yaml }) => yaml.length)));
  return `${lines.map(({ yaml, reason }) => `${yaml.padEnd(column)}  # ${oneLine(reason)}`).join('\n')}\n`;
}

// A line break would end the comment and let a label's or form's text become configuration.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u0085]+/gu, ' ').trim();

/** A heading with as many of its entries as fit, the rest counted in its reason. */
function section(
  yaml: string,
  reason: string,
  entries: readonly ProposedLine[],
  room: number,
): readonly ProposedLine[] {
  if (entries.length === 0 || room < 1) return [];
  const rest = entries.length - room;
  return [{ yaml, reason: rest > 0 ? `${reason}; ${rest} more found` : reason }, ...entries.slice(0, room)];
}

function proposeIds(titles: readonly string[]): readonly ProposedLine[] {
  const patterns = [...DEFAULT_ID_PATTERNS, ...prefixPatterns(titles)];
  const found = patterns.flatMap((pattern) => {
    const examples = titles.flatMap((title) =>
      findPlannedIds(title, [pattern])
        .slice(0, 1)
        .map(({ id }) => id),
    );
    return examples.length === 0 ? [] : [{ pattern, examples }];
  });
  if (found.length === 0) return [];
  const reason = found.map(({ examples }) => `${examples.length} titles like ${examples[0]}`).join(', ');
  return [{ yaml: `  ids: [${found.map(({ pattern }) => yamlScalar(pattern)).join(', ')}]`, reason }];
}

/** `ABC-12: …` at the start of several titles is an id of some tracker. */
function prefixPatterns(titles: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const prefix = /^\W{0,2}([A-Z][A-Z0-9]{1,9})-\d+\b/.exec(title)?.[1];
    if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= ENOUGH_TITLES).map(([prefix]) => `${prefix}-{task}`);
}

const UMBRELLA_WORDS = new Set(['umbrella', 'epic', 'tracking', 'tracking issue', 'meta', 'initiative']);

function proposeUmbrella({ labels, issueTypes }: OnboardingFacts): readonly ProposedLine[] {
  const isUmbrella = (name: string): boolean => UMBRELLA_WORDS.has(lastWord(name));
  const umbrellaLabels = labels.filter(isUmbrella);
  const types = issueTypes.filter(isUmbrella);
  if (umbrellaLabels.length + types.length === 0) return [];
  const parts = [
    ...(umbrellaLabels.length === 0 ? [] : [`labels: [${umbrellaLabels.map(yamlScalar).join(', ')}]`]),
    ...(types.length === 0 ? [] : [`types: [${types.map(yamlScalar).join(', ')}]`]),
  ];
  const reason = `${umbrellaLabels.length + types.length === 1 ? 'it marks' : 'they mark'} umbrellas here`;
  return [{ yaml: `  umbrella: { ${parts.join(', ')} }`, reason }];
}

function proposeLaneLabel(labels: readonly string[]): readonly ProposedLine[] {
  const prefix = lanePrefix(labels);
  if (prefix === null) return [];
  const examples = labels.filter((label) => label.toLowerCase().startsWith(prefix.toLowerCase()));
  const reason = `${examples.length} labels: ${examples.slice(0, 4).join(', ')}${examples.length > 4 ? ' …' : ''}`;
  return [{ yaml: `  lane_label: ${yamlScalar(`${prefix}*`)}`, reason }];
}

const BLOCKED_WORDS = new Set(['blocked', 'on hold', 'on-hold', 'waiting']);

function proposeBlockedLabels(labels: readonly string[]): readonly ProposedLine[] {
  const blocked = labels.filter((label) => BLOCKED_WORDS.has(lastWord(label)));
  if (blocked.length === 0) return [];
  return [
    { yaml: `  blocked_labels: [${blocked.map(yamlScalar).join(', ')}]`, reason: 'a task with it counts as blocked' },
  ];
}

/** `kind/epic` and `type: epic` say epic. */
const lastWord = (label: string): string => (/[^:/]*$/.exec(label)?.[0] ?? label).trim().toLowerCase();
