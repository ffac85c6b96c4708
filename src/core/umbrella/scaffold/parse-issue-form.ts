import * as z from 'zod';
import { messageWithKey } from '../../config-problem.ts';
import { problemsOfIssues, readYaml } from '../../config-yaml.ts';
import { inOurWords } from '../../schema-words.ts';
import type { Placed, TemplateProblem } from './file-place.ts';

/** An issue form as far as it decides what a submitted issue looks like. */
export interface IssueForm {
  readonly path: string;
  readonly labels: readonly Placed<string>[];
  readonly assignees: readonly Placed<string>[];
  readonly type: Placed<string> | null;
  readonly questions: readonly FormQuestion[];
}

export interface FormQuestion {
  readonly id: string | null;
  readonly label: string;
  /** What is filled in from the start; empty for nothing. */
  readonly answer: string;
  /** Language of the code block that GitHub puts around the answer. */
  readonly render: string | null;
}

/** GitHub takes a list, or one text with commas. */
const names = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))])
  .transform((list) => list.map((name) => name.trim()).filter((name) => name !== ''))
  .default([]);

const option = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

const labelled = z.object({ label: z.string().min(1) });

/** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
const element = z.discriminatedUnion('type', [
  z.object({ type: z.literal('markdown') }),
  z.object({
    type: z.enum(['input', 'textarea']),
    id: z.string().optional(),
    attributes: labelled.extend({ value: z.string().default(''), render: z.string().optional() }),
  }),
  z.object({
    type: z.literal('dropdown'),
    id: z.string().optional(),
    attributes: labelled.extend({ options: z.array(option).min(1), default: z.int().nonnegative().optional() }),
  }),
  z.object({
    type: z.literal('checkboxes'),
    id: z.string().optional(),
    attributes: labelled.extend({ options: z.array(z.object({ label: z.string() })).min(1) }),
  }),
  z.object({ type: z.literal('upload'), id: z.string().optional(), attributes: labelled }),
]);

const formSchema = z.object({
  labels: names,
  assignees: names,
  type: z.string().optional(),
  body: z.array(element).min(1).max(100),
});

interface ParsedForm {
  /** Null when it has problems. */
  readonly form: IssueForm | null;
  readonly problems: readonly TemplateProblem[];
}

/** The issue form in a file of `.github/ISSUE_TEMPLATE`. */
export function parseIssueForm(text: string, path: string): ParsedForm {
  const file = readYaml(text, path);
  const parsed = file.problems.length > 0 ? null : formSchema.safeParse(file.value, inOurWords);
  if (parsed?.success !== true) {
    const problems = parsed === null ? file.problems : problemsOfIssues(parsed.error.issues, file.locate, {});
    const fix = 'Correct the issue form; GitHub shows it under New issue once it is right.';
    return {
      form: null,
      problems: problems.map((problem) => ({ path, line: problem.line, message: messageWithKey(problem), fix })),
    };
  }
  const { labels, assignees, type, body } = parsed.data;
  const placed = (key: string) => (value: string) => ({ value, place: { path, line: file.locate([key]).line } });
  const form: IssueForm = {
    path,
    labels: labels.map(placed('labels')),
    assignees: assignees.map(placed('assignees')),
    type: type === undefined ? null : placed('type')(type),
    questions: body.flatMap(questionOf),
  };
  return { form, problems: [] };
}

/** Explanations between the questions are not part of what is sent. */
function questionOf(item: z.output<typeof element>): FormQuestion[] {
  if (item.type === 'markdown') return [];
  const { id = null, attributes } = item;
  const question = { id, label: attributes.label.trim(), render: null };
  switch (item.type) {
    case 'input':
    case 'textarea':
      return [{ ...question, answer: item.attributes.value, render: item.attributes.render ?? null }];
    case 'dropdown':
      return [{ ...question, answer: item.attributes.options[item.attributes.default ?? -1] ?? '' }];
    case 'checkboxes':
      return [{ ...question, answer: item.attributes.options.map(({ label }) => `- [ ] ${label}`).join('\n') }];
    case 'upload':
      return [{ ...question, answer: '' }];
  }
}
