import { issueKeyOf } from '../../issue-marker.ts';
import { shorten, visibleLine } from '../../markdown.ts';
import { refKey } from '../../task/identity.ts';
import { type Adapted, adaptWeights } from './adapt-weights.ts';
import { askForParents } from './ask-for-parents.ts';
import type { BackfillTask, UmbrellaMarks } from './backfill-task.ts';
import { recordedParents } from './check-limits.ts';
import { chooseSuggestions, possibleParents } from './choose-suggestions.ts';
import type { BackfillEvidence, LinkProposal } from './link-proposal.ts';
import type { NamedTasks } from './named-tasks.ts';
import { type ParentWeights, rankParents } from './rank-parents.ts';
import { wordsOf } from './text-index.ts';
import { secondsOf } from './timeline.ts';

/** Below this a suggestion is noise. */
const SHOWN_THRESHOLD = 0.2;

interface SuggestOptions {
  readonly marks: UmbrellaMarks;
  readonly named: NamedTasks;
  /** Where learning from the history's own links starts. */
  readonly weights: ParentWeights;
  /** `refKey` of the tasks that need no suggestion: something is stated, recorded or in conflict. */
  readonly settled: ReadonlySet<string>;
  /** Parent by child, `refKey` both, recorded or stated: no suggestion may close a circle with them. */
  readonly parents: ReadonlyMap<string, string>;
  /** Links that somebody took back, as `refKey` of the child, a space and that of the parent. */
  readonly withdrawn: ReadonlySet<string>;
}

/**
 * The most probable umbrella of each task of which no text says one; never more than `review`. What a scaffold made has
 * its place: where it was taken out of it, somebody meant to.
 */
export function suggestParents(tasks: readonly BackfillTask[], options: SuggestOptions): readonly LinkProposal[] {
  const questions = askForParents(tasks, options);
  const { weights, threshold } = adaptToOwn(tasks, options);
  const answers = rankParents(questions, weights);
  const ranked = questions.map((question, i) =>
    options.settled.has(refKey(question.task.ref)) || issueKeyOf(question.task.body) !== null
      ? []
      : possibleParents(question, answers[i], ({ task, umbrella, probability }) => {
          const link = `${refKey(task.ref)} ${refKey(umbrella.ref)}`;
          return probability >= SHOWN_THRESHOLD && !options.withdrawn.has(link);
        }),
  );
  return chooseSuggestions(ranked, options.parents).map(({ task, umbrella, probability }) => ({
    child: task.ref,
    parent: umbrella.ref,
    relation: 'parent',
    rule: 'suggested',
    confidence: Math.round(probability * 100) / 100,
    tier: probability >= threshold ? 'review' : 'ignore',
    evidence: evidenceFor(task, umbrella, options.named),
  }));
}

/** Learned from questions that do not show any links: that a task has children must not tell who its children are. */
function adaptToOwn(tasks: readonly BackfillTask[], options: SuggestOptions): Adapted {
  const parents = recordedParents(tasks);
  const start = options.weights;
  if (parents.size === 0) return adaptWeights([], { start, parents });
  const hidden = tasks.map((task) => ({ ...task, parent: null }));
  return adaptWeights(askForParents(hidden, options), { start, parents });
}

const MAX_QUOTE_LENGTH = 120;
const MAX_WORDS = 5;

/** What a person can check: both titles, the words in common and the time between. */
function evidenceFor(task: BackfillTask, umbrella: BackfillTask, named: NamedTasks): readonly BackfillEvidence[] {
  const quote = (text: string): string => shorten(visibleLine(text), MAX_QUOTE_LENGTH);
  const ofUmbrella = new Set(wordsOf(`${umbrella.title}\n${umbrella.body}`, named));
  const shared = wordsOf(task.title, named).filter((word) => ofUmbrella.has(word));
  const words = shared.length === 0 ? '' : `, which shares ${shared.slice(0, MAX_WORDS).join(', ')}`;
  const place = { in: task.ref, line: null };
  return [
    { quote: quote(umbrella.title), in: umbrella.ref, line: null },
    { ...place, quote: quote(`created ${distanceBetween(task, umbrella)}${words}`) },
  ];
}

function distanceBetween(task: BackfillTask, umbrella: BackfillTask): string {
  const [one, other] = [secondsOf(task.createdAt), secondsOf(umbrella.createdAt)];
  if (one === null || other === null) return 'at a time that is not known';
  if (one === other) return 'in the same second';
  const seconds = Math.abs(one - other);
  const unit = UNITS.find(([size]) => seconds >= 2 * size) ?? [1, 's'];
  return `${Math.floor(seconds / unit[0])} ${unit[1]} ${one > other ? 'after' : 'before'} it`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, 'days'],
  [3_600, 'h'],
  [60, 'min'],
];
