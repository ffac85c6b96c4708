import * as z from 'zod';
import { UserError } from '../../core/failure.ts';
import type { CatalogEntry } from '../../operations/catalog.ts';
import type { Presentation } from './presentations.ts';

/** The option of an input field: `--max-wait` of `maxWait`. */
export const optionOf = (field: string): string =>
  `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const positionalsOf = ({ positional = [] }: Pick<Presentation, 'positional'>): readonly string[] =>
  typeof positional === 'string' ? [positional] : positional;

/**
 * Refuses, before anybody is asked, what an operation would refuse: in the words in which it was typed, where the operation
 * speaks of its fields to programs. Throws `usage`.
 */
export function checkOptions({ name, input }: CatalogEntry, presentation: Presentation, given: unknown): void {
  const checked = z.safeParse(input, given);
  if (checked.success) return;
  const isTyped = new Set(positionalsOf(presentation));
  const wrong = checked.error.issues.map(({ path: [field = 'input'], message }) => {
    const typed = isTyped.has(String(field)) ? `<${String(field)}>` : optionOf(HIDDEN[String(field)] ?? String(field));
    return `${typed}: ${message}`;
  });
  // One bound that is broken twice over says the same twice.
  const problems = [...new Set(wrong)].join('; ');
  const command = `parasol ${name.replaceAll('.', ' ')}`;
  throw new UserError('usage', `${command} cannot take this. ${problems}.`, `${command} --help lists what it takes.`);
}

/** What the global option `--repo` stands for. */
const HIDDEN: Readonly<Record<string, string>> = { clone: 'repo', repository: 'repo' };
