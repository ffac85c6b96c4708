import { refKey } from '../../task/identity.ts';
import type { ParentQuestion } from './ask-for-parents.ts';
import { type ChoiceWeights, probabilitiesOf } from './choice-model.ts';
import { fitChoiceModel, type KnownChoice } from './fit-choice-model.ts';
import { answerTo, fitParentWeights, type ParentWeights } from './rank-parents.ts';
import { chooseThreshold, OTHERS_THRESHOLD, type Sureness } from './review-threshold.ts';
import { secondsOf } from './timeline.ts';

/** How a history is ranked, and from which probability on a suggestion is worth a person's look. */
export interface Adapted {
  readonly weights: ParentWeights;
  readonly threshold: number;
  /** Whether the weights were moved from where they started. */
  readonly isMoved: boolean;
}

/**
 * How strongly the weights stay where they started. It was chosen, as the set of features was, with the later half of one
 * measuring history (beads) in view: its figures there are no proof. Over 34 public histories, by the code as it ships, one value for all that
 * is refused where it does harm ranks as well as a choice among six: top1 .77, top3 .85, precision .82, recall .45, against
 * .76, .86, .81 and .46; without refusal and threshold of their own .75, .84, .66 and .53.
 */
const STIFFNESS = 1;

/** Fewer parents say more about who recorded them than about where children stand. */
const MIN_PARENTS = 20;

/** So many tasks, spread over all: learning takes seconds. */
const MAX_LEARNED = 500;

/**
 * Weights for one history, learned from its own recorded parents where that proves itself there: they are fitted on the
 * first half and on the first three quarters of what can be learned from, and judged by the quarter that follows. Where that
 * ranks the parents of those quarters worse than the start does, or foresees them worse, the start holds.
 */
export function adaptWeights(
  questions: readonly ParentQuestion[],
  { start, parents }: { readonly start: ParentWeights; readonly parents: ReadonlyMap<string, string> },
): Adapted {
  const learned = learnedFrom(questions, parents);
  const children = learned.filter(({ choice, answer }) => answer < umbrellasOf(choice));
  if (children.length < MIN_PARENTS) return { weights: start, threshold: OTHERS_THRESHOLD, isMoved: false };
  const stayed = judge(learned, () => start.alone);
  const moved = judge(learned, (known) => fitChoiceModel(known, { stiffness: STIFFNESS, start: start.alone }));
  const isBetter = moved.first >= stayed.first && moved.surprise < stayed.surprise;
  if (!isBetter) return { weights: start, threshold: chooseThreshold(stayed.answers), isMoved: false };
  const learnFrom = new Set(spread(learned).map(({ key }) => key));
  return {
    weights: fitParentWeights(questions, { stiffness: STIFFNESS, start, parents, learnFrom }),
    threshold: chooseThreshold(moved.answers),
    isMoved: true,
  };
}

interface Learned extends KnownChoice {
  readonly key: string;
}

/**
 * In the order of time, the tasks up to the last that got a parent: who came later may not have been looked at yet. One
 * without a time counts as older than all, by its place in the list.
 */
function learnedFrom(questions: readonly ParentQuestion[], parents: ReadonlyMap<string, string>): readonly Learned[] {
  const all = questions
    .map((question) => ({ question, key: refKey(question.task.ref), at: secondsOf(question.task.createdAt) ?? 0 }))
    .sort((one, other) => one.at - other.at);
  const last = all.findLastIndex(({ key }) => parents.has(key));
  return all.slice(0, last + 1).flatMap(({ question, key }) => {
    const answer = answerTo(question, parents);
    return answer === null ? [] : [{ key, choice: question.choice, answer }];
  });
}

const umbrellasOf = ({ pairs, pairWidth }: KnownChoice['choice']): number => pairs.length / pairWidth;

const spread = (all: readonly Learned[]): readonly Learned[] =>
  all.length <= MAX_LEARNED
    ? all
    : Array.from({ length: MAX_LEARNED }, (_, i) => all[Math.floor((i * all.length) / MAX_LEARNED)]).flatMap(
        (one) => one ?? [],
      );

interface Outcome {
  /** Sum of what the right answers cost, in nats: the less, the better they were foreseen. */
  readonly surprise: number;
  /** How many children have their parent in the first place. */
  readonly first: number;
  /** Of every task, how sure the first umbrella is and whether it is right. */
  readonly answers: readonly Sureness[];
}

/** What is learned from so much is judged by what follows. */
const WINDOWS = [
  [1 / 2, 3 / 4],
  [3 / 4, 1],
] as const;

const LEAST_PROBABLE = 1e-9;

function judge(learned: readonly Learned[], learn: (known: readonly KnownChoice[]) => ChoiceWeights): Outcome {
  let [surprise, first] = [0, 0];
  const answers: Sureness[] = [];
  for (const [from, to] of WINDOWS) {
    const [middle, end] = [from, to].map((share) => Math.floor(learned.length * share));
    const weights = learn(spread(learned.slice(0, middle)));
    for (const { choice, answer } of learned.slice(middle, end)) {
      const probabilities = probabilitiesOf(choice, weights);
      const count = umbrellasOf(choice);
      const surest = probabilities.subarray(0, count).reduce((one, other) => Math.max(one, other), 0);
      const own = probabilities[answer] ?? 0;
      const isRight = answer < count && own === surest;
      surprise -= Math.log(Math.max(LEAST_PROBABLE, own));
      first += Number(isRight);
      answers.push({ probability: surest, isRight });
    }
  }
  return { surprise, first, answers };
}
