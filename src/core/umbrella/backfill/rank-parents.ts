import { refKey } from '../../task/identity.ts';
import type { ParentQuestion } from './ask-for-parents.ts';
import { type Choice, type ChoiceWeights, probabilitiesOf } from './choice-model.ts';
import { fitChoiceModel, type KnownChoice } from './fit-choice-model.ts';

/** Weights for a first answer, and for the following ones, which know what the first said of linked tasks. */
export interface ParentWeights {
  readonly alone: ChoiceWeights;
  readonly together: ChoiceWeights;
}

/** How often linked tasks hear of one another. */
const ROUNDS = 2;

/** The probabilities of each question's umbrellas and, last, of none. */
export function rankParents(questions: readonly ParentQuestion[], weights: ParentWeights): readonly Float64Array[] {
  let answers = questions.map(({ choice }) => probabilitiesOf(choice, weights.alone));
  for (let round = 0; round < ROUNDS; round += 1) {
    answers = withKin(questions, answers).map((choice) => probabilitiesOf(choice, weights.together));
  }
  return answers;
}

interface FitParentOptions {
  readonly start: ParentWeights;
  readonly stiffness: number;
  /** Recorded parent by child, `refKey` both. */
  readonly parents: ReadonlyMap<string, string>;
  /** `refKey` of the tasks to learn from; the others are context. */
  readonly learnFrom: ReadonlySet<string>;
}

/** The weights that explain recorded parents best. */
export function fitParentWeights(questions: readonly ParentQuestion[], options: FitParentOptions): ParentWeights {
  const { start, stiffness, parents, learnFrom } = options;
  const answers = questions.map((question) =>
    learnFrom.has(refKey(question.task.ref)) ? answerTo(question, parents) : null,
  );
  const known = (choices: readonly Choice[]): readonly KnownChoice[] =>
    choices.flatMap((choice, i) => {
      const answer = answers[i] ?? null;
      return answer === null ? [] : [{ choice, answer }];
    });
  const alone = fitChoiceModel(known(questions.map(({ choice }) => choice)), { start: start.alone, stiffness });
  let together = start.together;
  let guesses = questions.map(({ choice }) => probabilitiesOf(choice, alone));
  for (let round = 0; round < ROUNDS; round += 1) {
    const choices = withKin(questions, guesses);
    together = fitChoiceModel(known(choices), { start: start.together, stiffness });
    guesses = choices.map((choice) => probabilitiesOf(choice, together));
  }
  return { alone, together };
}

/** Place of the recorded parent; null for one that did not come into question: it teaches nothing about those that did. */
export function answerTo({ task, keys }: ParentQuestion, parents: ReadonlyMap<string, string>): number | null {
  const parent = parents.get(refKey(task.ref));
  const place = parent === undefined ? keys.length : keys.indexOf(parent);
  return place < 0 ? null : place;
}

/** The choices with what is thought of linked tasks; where a parent is recorded, it is known and not guessed. */
function withKin(questions: readonly ParentQuestion[], answers: readonly Float64Array[]): readonly Choice[] {
  const opinions = new Map<string, Opinion>();
  for (const [i, question] of questions.entries()) {
    if (question.linked.size > 0) opinions.set(refKey(question.task.ref), opinionOf(question, answers[i]));
  }
  return questions.map(({ keys, choice, linked }) => {
    const kin = [...linked].flatMap((key) => opinions.get(key) ?? []);
    if (kin.length === 0) return choice;
    // A single linked task is weaker evidence than several that agree.
    const mean = (key: string): number => kin.reduce((sum, one) => sum + (one.get(key) ?? 0), 0) / (kin.length + 0.5);
    const pairs = choice.pairs.slice();
    for (const [row, key] of keys.entries()) pairs[(row + 1) * choice.pairWidth - 1] = mean(key);
    const none = choice.none.slice();
    none[none.length - 1] = mean(NONE);
    return { ...choice, pairs, none };
  });
}

/** Probability by `refKey` of the umbrella. */
type Opinion = ReadonlyMap<string, number>;

const NONE = 'none';

function opinionOf({ task, keys }: ParentQuestion, answer: Float64Array | undefined): Opinion {
  const recorded = task.parent === null ? null : refKey(task.parent);
  if (recorded !== null && keys.includes(recorded)) return new Map([[recorded, 1]]);
  return new Map([...keys, NONE].map((key, i) => [key, answer?.[i] ?? 0]));
}
