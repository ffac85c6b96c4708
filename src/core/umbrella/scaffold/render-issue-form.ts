import { fieldKey } from '../../task/body-fields.ts';
import type { FormQuestion, IssueForm } from './parse-issue-form.ts';

/**
 * The text of an issue as GitHub makes it of a submitted form: a heading and an answer for each question. `answers` go by
 * a question's label or id, without regard to case; those that fit no question follow under headings of their own.
 */
export function renderIssueForm(
  { questions }: Pick<IssueForm, 'questions'>,
  answers: readonly { readonly field: string; readonly value: string }[],
): string {
  const given = new Map(answers.map(({ field, value }) => [fieldKey(field), value]));
  const used = new Set(questions.flatMap((question) => keysOf(question)));
  const asked = questions.map((question) => {
    const answer = keysOf(question).flatMap((key) => given.get(key) ?? [])[0];
    return section(question.label, answer ?? question.answer, question.render);
  });
  const added = answers.filter(({ field }) => !used.has(fieldKey(field)));
  return [...asked, ...added.map(({ field, value }) => section(field, value, null))].join('\n\n');
}

const keysOf = ({ id, label }: FormQuestion): string[] => [fieldKey(label), ...(id === null ? [] : [fieldKey(id)])];

function section(heading: string, answer: string, render: string | null): string {
  const text = answer.trim();
  if (text === '') return `### ${heading}\n\n_No response_`;
  return `### ${heading}\n\n${render === null ? text : `\`\`\`${render}\n${text}\n\`\`\``}`;
}
