/**
 * How well links are inferred from history: `npm run bench:backfill -- --tasks FILE.jsonl.gz [--ablate] [--weights]`.
 *
 * The recorded parents are hidden. The rules for what texts state are measured on all tasks; the ranking for what no text
 * states is fitted on the earlier half of the tasks and measured on the later half, over all of its tasks. Its umbrellas
 * are those that look like it by text, label or type, and no feature sees an id, a number or the order of rows.
 * `--ablate` shows what each feature is worth, `--weights` prints what was fitted without taking anything over.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { DEFAULT_CONFIG } from '../../src/core/config.ts';
import { refKey } from '../../src/core/task/identity.ts';
import { type Adapted, adaptWeights } from '../../src/core/umbrella/backfill/adapt-weights.ts';
import { askForParents, type ParentQuestion } from '../../src/core/umbrella/backfill/ask-for-parents.ts';
import { buildBackfill } from '../../src/core/umbrella/backfill/build-backfill.ts';
import type { LinkProposal } from '../../src/core/umbrella/backfill/link-proposal.ts';
import { nameTasks } from '../../src/core/umbrella/backfill/named-tasks.ts';
import { NONE_FEATURES } from '../../src/core/umbrella/backfill/none-features.ts';
import { PAIR_FEATURES } from '../../src/core/umbrella/backfill/pair-features.ts';
import { ASSUMED_WEIGHTS, shippedWeights } from '../../src/core/umbrella/backfill/parent-weights.ts';
import { type ParentWeights, rankParents } from '../../src/core/umbrella/backfill/rank-parents.ts';
import { parseTaskRows, type TaskRow } from '../../src/sandbox/load-world/task-row.ts';
import { declaredLinks } from './declared-links.ts';
import { generatedHistory } from './generated-history.ts';
import { hideParents } from './history-rows.ts';
import { type RankingFigures, rankingFigures } from './ranking-figures.ts';

const HISTORY = '../shared/data/tasks/beads.jsonl.gz';
const MARKS = DEFAULT_CONFIG.tasks.umbrella;
const HOST = 'github.com';

const { values } = parseArgs({
  options: { tasks: { type: 'string' }, ablate: { type: 'boolean' }, weights: { type: 'boolean' } },
});

const wanted = values.tasks ?? HISTORY;
const file = existsSync(wanted) ? wanted : null;
if (file === null) {
  console.log(`${wanted} is not there (name another with --tasks FILE): measured on a generated history.\n`);
}
const history = hideParents(file === null ? generatedHistory() : readRows(file));
const { tasks, parents } = history;

const started = performance.now();
const stated = buildBackfill(
  tasks.map((task) => ({ ...task, blockers: [] })),
  { umbrellas: MARKS, host: HOST, suggest: false },
);
const statedMs = performance.now() - started;
const declared = declaredLinks(history, MARKS);
const applied = stated.proposals.filter(({ relation, tier }) => relation === 'parent' && tier === 'apply');
const appliedParents = new Map(applied.map(({ child, parent }) => [refKey(child), refKey(parent)]));
const judged = applied.filter(({ child }) => parents.has(refKey(child)));
const foundDeclared = [...declared].filter(([child, parent]) => appliedParents.get(child) === parent).length;

const asked = performance.now();
const questions = askForParents(tasks, { marks: MARKS, named: nameTasks(tasks, HOST) });
const askedMs = performance.now() - asked;
const earlier = new Set(tasks.slice(0, Math.floor(tasks.length / 2)).map(({ ref }) => refKey(ref)));
const start = shippedWeights(tasks);
const learning = performance.now();
const adapted = adaptOn(questions, start);
const learnedMs = performance.now() - learning;
const assumed = adaptOn(questions, ASSUMED_WEIGHTS).weights;
const figures = measure(questions, adapted.weights);

const laterChildren = tasks.filter(({ ref }) => !earlier.has(refKey(ref)) && parents.has(refKey(ref))).length;
const reachable = questions.filter(({ task, umbrellas }) => {
  const parent = parents.get(refKey(task.ref));
  return !earlier.has(refKey(task.ref)) && umbrellas.some(({ ref }) => refKey(ref) === parent);
}).length;

const rows: readonly (readonly [string, string])[] = [
  [`${tasks.length} tasks, ${parents.size} with a recorded parent`, file ?? 'generated'],
  ...(history.undated > 0
    ? ([['  without a time of creation: halves by the order of ids', `${history.undated}`]] as const)
    : []),
  ['what texts state', `${Math.round(statedMs)} ms`],
  ...ruleRows(stated.proposals),
  ['  recorded links that a text declares: found for apply', `${foundDeclared} of ${declared.size}`],
  ['  conflicts listed', countsOf(stated.conflicts.map(({ kind }) => kind))],
  [`the ranking, later half: ${tasks.length - earlier.size} tasks`, `${Math.round(askedMs)} ms to ask`],
  ['  children with a parent; with it among the umbrellas asked for', `${laterChildren}; ${reachable}`],
  [
    `  learned from the earlier half${adapted.isMoved ? '' : ', stays'}, threshold ${adapted.threshold}`,
    lineOf(figures),
  ],
  ['    time to learn', `${Math.round(learnedMs)} ms`],
  ['    without taking over the shipped weights', lineOf(measure(questions, assumed))],
  ['    as shipped, not fitted here', lineOf(measure(questions, start))],
  ...[0.4, 0.5, 0.6, 0.7, 0.8].map((at): readonly [string, string] => [
    `  at threshold ${at}`,
    lineOf(measure(questions, adapted.weights, at)),
  ]),
  [
    '  on the earlier half, which it was fitted on',
    lineOf(measure(questions, adapted.weights, adapted.threshold, 'earlier')),
  ],
  ...(values.ablate === true ? ablations() : []),
];
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
if (values.weights === true) console.log(JSON.stringify(namedWeights(assumed), null, 2));
console.log(
  JSON.stringify({
    bench: 'backfill',
    figures: {
      applyPrecision: round(judged.length === 0 ? 1 : judged.filter(isRecorded).length / judged.length),
      declaredRecall: round(declared.size === 0 ? 1 : foundDeclared / declared.size),
      suggested: figures.suggested,
      suggestPrecision: round(figures.suggestPrecision),
      suggestRecall: round(figures.suggestRecall),
      top1: round(figures.top1),
      top3: round(figures.top3),
      calibrationError: round(figures.calibrationError),
    },
  }),
);

function readRows(path: string): readonly TaskRow[] {
  const bytes = readFileSync(path);
  return parseTaskRows(path, (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

function isRecorded({ child, parent, relation }: LinkProposal): boolean {
  if (relation === 'blocked_by') return history.blockers.get(refKey(child))?.has(refKey(parent)) === true;
  return parents.get(refKey(child)) === refKey(parent);
}

/** By rule and tier: right and wrong where something is recorded, and how many are not recorded. */
function ruleRows(proposals: readonly LinkProposal[]): readonly (readonly [string, string])[] {
  const groups = new Map<string, LinkProposal[]>();
  for (const one of proposals) {
    const name = `  ${one.rule}, for ${one.tier}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].sort().map(([name, group]) => {
    const known = group.filter(({ child, relation }) => {
      const blockers = history.blockers.get(refKey(child))?.size ?? 0;
      return relation === 'parent' ? parents.has(refKey(child)) : blockers > 0;
    });
    const right = known.filter(isRecorded).length;
    return [name, `${right} right, ${known.length - right} wrong, ${group.length - known.length} unrecorded`];
  });
}

function countsOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

/** What `--suggest` does with the links that a repository has; here those of the earlier half. */
function adaptOn(asked: readonly ParentQuestion[], start: ParentWeights): Adapted {
  return adaptWeights(asked, { start, parents: new Map([...parents].filter(([child]) => earlier.has(child))) });
}

function measure(
  asked: readonly ParentQuestion[],
  weights: ParentWeights,
  threshold = adapted.threshold,
  half: 'earlier' | 'later' = 'later',
): RankingFigures {
  const answers = rankParents(asked, weights);
  const measured = asked.flatMap((question, i) => {
    const answer = answers[i];
    const isMeasured = earlier.has(refKey(question.task.ref)) === (half === 'earlier');
    return answer === undefined || !isMeasured ? [] : [{ question, answer }];
  });
  return rankingFigures(measured, parents, threshold);
}

function lineOf({ suggested, top1, top3, suggestPrecision, suggestRecall, calibrationError }: RankingFigures): string {
  const [one, three, precision, recall, error] = [top1, top3, suggestPrecision, suggestRecall, calibrationError].map(
    (n) => n.toFixed(3),
  );
  const ofThem = suggested === 0 ? 'nothing suggested' : `${suggested} suggested, precision ${precision}`;
  return `top1 ${one}  top3 ${three}  ${ofThem}  recall ${recall}  calibration ${error}`;
}

/** Fitted and measured without one feature after the other. */
function ablations(): readonly (readonly [string, string])[] {
  const withoutPair = PAIR_FEATURES.map((name, column) => [`  without ${name}`, column, -1] as const);
  const withoutNone = NONE_FEATURES.slice(1).map((name, i) => [`  without ${name} for none`, -1, i + 1] as const);
  return [...withoutPair, ...withoutNone].map(([name, column, noneColumn]) => {
    const blank = blanked(column, noneColumn);
    const from = { alone: blank(ASSUMED_WEIGHTS.alone), together: blank(ASSUMED_WEIGHTS.together) };
    const cut = questions.map((question) => ({ ...question, choice: cutChoice(question, column, noneColumn) }));
    const { weights } = adaptOn(cut, from);
    return [name, lineOf(measure(cut, { alone: blank(weights.alone), together: blank(weights.together) }))];
  });
}

function blanked(column: number, noneColumn: number) {
  return ({ pair, none }: ParentWeights['alone']): ParentWeights['alone'] => ({
    pair: pair.map((weight, i) => (i === column ? 0 : weight)),
    none: none.map((weight, i) => (i === noneColumn ? 0 : weight)),
  });
}

function cutChoice({ choice }: ParentQuestion, column: number, noneColumn: number): ParentQuestion['choice'] {
  return {
    ...choice,
    pairs: choice.pairs.map((value, i) => (i % choice.pairWidth === column ? 0 : value)),
    none: choice.none.map((value, i) => (i === noneColumn ? 0 : value)),
  };
}

function namedWeights({ alone, together }: ParentWeights) {
  const named = (weights: ParentWeights['alone']) => ({
    pair: Object.fromEntries(PAIR_FEATURES.map((name, i) => [name, round(weights.pair[i] ?? 0)])),
    none: Object.fromEntries(NONE_FEATURES.map((name, i) => [name, round(weights.none[i] ?? 0)])),
  });
  return { alone: named(alone), together: named(together) };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
