import { issueKeyOf, withIssueMarker } from '../../issue-marker.ts';
import type { PlanNote } from '../../plan/plan.ts';
import type { TaskDraft } from './draft-tasks.ts';
import type { Standing } from './match-children.ts';

/** What is worth saying of a task that stands: nothing, where it is as the template has it. */
export function noteStanding(draft: TaskDraft, standing: Standing | undefined): PlanNote[] {
  if (standing === undefined) return [];
  const { child, by } = standing;
  const said = WORDS[by](draft);
  const differs = by === 'made' ? differences(draft, child) : [];
  const words = [
    ...(said === null ? [] : [said]),
    ...(differs.length === 0
      ? []
      : [`Its ${listed(differs)} ${differs.length === 1 ? 'differs' : 'differ'} from the template's: left alone.`]),
    ...(child.state === 'closed' && by === 'made' ? ['It is closed, and counts as there.'] : []),
  ];
  return words.map((text) => ({
    kind: differs.length > 0 && text.startsWith('Its ') ? 'edited' : by,
    text,
    about: child.ref,
  }));
}

const WORDS: Readonly<Record<Standing['by'], (draft: TaskDraft) => string | null>> = {
  made: () => null,
  removed: ({ name }) => `It was made for ${name}, and somebody took it out of the umbrella: it is not made again.`,
  named_alike: ({ name }) => `It has the title of ${name}, and counts as that.`,
  undone: ({ name }) => `It was made for ${name}, and plan undo took it back: naming the lane makes a new one.`,
  claimed: ({ name }) =>
    `It says that it is ${name}, but this identity did not write it. Select the task where it is missing all the same.`,
};

function differences(draft: TaskDraft, { title, body, labels }: Standing['child']): readonly string[] {
  const present = new Set(labels.map((label) => label.toLowerCase()));
  const key = issueKeyOf(body) ?? '';
  return [
    ...(title === draft.title ? [] : ['title']),
    ...(sameText(body, withIssueMarker(draft.body, key)) ? [] : ['text']),
    ...(draft.labels.every(({ value }) => present.has(value.toLowerCase())) ? [] : ['labels']),
  ];
}

/** As GitHub keeps texts: it is free in line ends and in the space around them. */
function sameText(a: string, b: string): boolean {
  const normal = (text: string): string => text.replaceAll('\r\n', '\n').trim();
  return normal(a) === normal(b);
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
