import { compileGlob } from '../glob.ts';

/** From this size on GitHub does not read the file: "CODEOWNERS files must be under 3 MB in size". */
export const TOO_LARGE_BYTES = 3 * 1024 * 1024;
const MOST_PATTERN = 300;

const LOGIN = /^@[a-z\d](?:[a-z\d-]{0,38})(?:_[a-z\d]+)?$/i;
const TEAM = /^@[a-z\d][a-z\d-]{0,38}\/[a-z\d][a-z\d_-]{0,99}$/i;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface CodeOwnerRule {
  /** As written. */
  readonly pattern: string;
  /** From 1. */
  readonly line: number;
  /** `kim`, `octo/database`, or an address; none: whoever fits nobody else owns nothing here. */
  readonly owners: readonly string[];
  readonly covers: (path: string) => boolean;
}

export interface CodeOwners {
  readonly rules: readonly CodeOwnerRule[];
  /** Lines that GitHub leaves out, and why. */
  readonly problems: readonly CodeOwnersProblem[];
}

export interface CodeOwnersProblem {
  readonly line: number;
  /** Says what is wrong and what would be right. */
  readonly message: string;
}

/**
 * Reads a CODEOWNERS file as GitHub does (docs.github.com, "About code owners"): the last rule that fits a file decides; a rule
 * without owners takes them away; a line that is not valid is left out alone. Patterns are those of gitignore but for `!`,
 * `[ ]` and an escaped `#`, which GitHub does not know; sections are GitLab's and are told as problems. `byteSize` is that of the
 * whole file.
 */
export function parseCodeOwners(text: string, byteSize = new TextEncoder().encode(text).length): CodeOwners {
  if (byteSize >= TOO_LARGE_BYTES)
    return {
      rules: [],
      problems: [{ line: 1, message: 'the file is not under 3 MB, so GitHub does not read it; make it shorter' }],
    };
  const rules: CodeOwnerRule[] = [];
  const problems: CodeOwnersProblem[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const [pattern, ...owners] = wordsOf(raw);
    if (pattern === undefined) continue;
    const line = index + 1;
    const message = problemOfPattern(pattern) ?? problemOfOwners(owners);
    if (message === null) rules.push({ pattern, line, owners: owners.map(withoutAt), covers: compilePattern(pattern) });
    else problems.push({ line, message });
  }
  return { rules, problems };
}

/** The rule that decides on a file; null where none fits. Its owners may be empty: then the file has none. */
export function ruleFor({ rules }: CodeOwners, path: string): CodeOwnerRule | null {
  for (let index = rules.length - 1; index >= 0; index -= 1) {
    const rule = rules[index];
    if (rule?.covers(path)) return rule;
  }
  return null;
}

/** Words of a line up to a comment; a backslash before white space makes it part of the word. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:\\\s|\S)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment === -1 ? words : words.slice(0, comment);
}

function problemOfPattern(pattern: string): string | null {
  if (pattern.startsWith('!')) return `\`${pattern}\`: GitHub knows no \`!\` here; write a later rule without owners`;
  if (pattern.startsWith('\\#'))
    return `\`${pattern}\`: GitHub knows no escaped \`#\` here; use a glob such as \`?name\``;
  if (/[[\]]/.test(pattern)) return `\`${pattern}\`: GitHub knows no \`[ ]\` here; use \`*\` or one rule for each`;
  if (pattern.length > MOST_PATTERN) return `has a pattern of more than ${MOST_PATTERN} characters; make it shorter`;
  return null;
}

function problemOfOwners(owners: readonly string[]): string | null {
  const wrong = owners.find((owner) => !LOGIN.test(owner) && !TEAM.test(owner) && !EMAIL.test(owner));
  return wrong === undefined
    ? null
    : `\`${wrong}\` is no owner; write \`@login\`, \`@organization/team\`, or an address of mail`;
}

const withoutAt = (owner: string): string => owner.replace(/^@/, '');

/**
 * A slash before the end ties a pattern to the root; without one it may lie in any folder. What fits a folder fits all in it,
 * but for `docs/*`, which fits files of `docs` itself alone.
 */
function compilePattern(written: string): (path: string) => boolean {
  // Before a star or a question mark it would make a letter of it, which no path has.
  const text = written.replace(/\\([^*?\\])/g, '$1');
  const isAnchored = text.slice(0, -1).includes('/');
  const rooted = isAnchored ? text.replace(/^\//, '') : `**/${text}`;
  if (text === '/' || text === '') return () => false;
  if (rooted.endsWith('/')) return compileGlob(`${rooted}**`);
  if (rooted === '**/*' || rooted.endsWith('/**')) return compileGlob(rooted);
  if (rooted.endsWith('/*') || rooted === '*') return compileGlob(rooted);
  if (!/[*?]/.test(rooted)) return (path) => path === rooted || path.startsWith(`${rooted}/`);
  // With something below it, a file is a folder like any other.
  const fits = compileGlob(`${rooted}/**`);
  return (path) => fits(`${path}/x`);
}
