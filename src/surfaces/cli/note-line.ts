import { visibleLine } from '../../core/markdown.ts';

interface Note {
  readonly text: string;
  /** `owner/repo#number`; null for none. */
  readonly about: string | null;
}

/** What is left alone, with the issue in front that it is about, unless its words begin with that. */
export function noteLine({ text, about }: Note): string {
  const number = about?.slice(about.indexOf('#')) ?? '';
  const isNamed = about === null || [about, number].some((name) => text.startsWith(`${name} `));
  return visibleLine(isNamed ? text : `${about}: ${text}`);
}
