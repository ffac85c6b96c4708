import { neutralizeInline, visibleLine } from '../../markdown.ts';
import type { Placed, TemplateProblem } from './file-place.ts';

/** What `{name}` stands for in a template. */
export type Variables = ReadonlyMap<string, Variable>;

export interface Variable {
  readonly value: string;
  /** Text that somebody wrote into an issue: made inert wherever it becomes Markdown. */
  readonly isQuoted: boolean;
}

/** `{name}`, and `{{name}}` for the braces themselves; `${{ … }}` of workflows is neither. */
const PLACEHOLDER = /(?<![$\\{])(?:\{\{([a-z][a-z0-9_.]{0,60})\}\}|\{([a-z][a-z0-9_.]{0,60})\})/gi;

/** Own variables are given by those who may write here; they still ping nobody. */
const MAX_VALUE_LENGTH = 1_000;

interface Filled {
  readonly text: string;
  readonly problems: readonly TemplateProblem[];
  /** Names of the variables that stand in it. */
  readonly used: readonly string[];
}

/** A template's text with its variables filled in, once: what a value contains is never looked at again. */
export function fillVariables(
  { value, place }: Placed<string>,
  variables: Variables,
  into: 'line' | 'markdown',
): Filled {
  const problems: TemplateProblem[] = [];
  const used: string[] = [];
  const text = value.replace(PLACEHOLDER, (whole: string, literal?: string, name = '', offset = 0) => {
    if (literal !== undefined) return `{${literal}}`;
    used.push(name);
    const variable = variables.get(name);
    if (variable !== undefined) return into === 'line' ? visibleLine(variable.value) : inMarkdown(variable);
    const line = place.line + countLines(value.slice(0, offset));
    problems.push({ path: place.path, line, ...unknownVariable(name, variables) });
    return whole;
  });
  return { text, problems, used };
}

function inMarkdown({ value, isQuoted }: Variable): string {
  if (isQuoted) return neutralizeInline(value);
  return visibleLine(value)
    .slice(0, MAX_VALUE_LENGTH)
    .replace(/@(?=\S)/g, '@\u200b');
}

const countLines = (text: string): number => text.split('\n').length - 1;

function unknownVariable(name: string, variables: Variables): Pick<TemplateProblem, 'message' | 'fix'> {
  if (name === 'milestone')
    return {
      message: '`{milestone}` has no value: the umbrella has no milestone',
      fix: 'Give the umbrella a milestone, or leave `{milestone}` out.',
    };
  const isNameable = /^[a-z][a-z0-9_]*$/i.test(name);
  const set = isNameable ? `give it with \`--set ${name}=…\`, ` : '';
  return {
    message: `\`{${name}}\` is no known variable`,
    fix: `Known here: ${[...variables.keys()].join(', ')}. Correct it, ${set}or write \`{{${name}}}\` for the braces themselves.`,
  };
}
