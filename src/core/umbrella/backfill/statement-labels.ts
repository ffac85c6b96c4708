/** What a label announces. `part_of` is a parent in weaker words. */
export type StatementKind = 'parent' | 'part_of' | 'blocked_by' | 'children';

interface Label {
  readonly kind: StatementKind;
  /** How much of the line it takes. */
  readonly length: number;
}

const NOUN = '(?:issue|epic|task|umbrella|ticket|story|feature)';
const PARENT = `(?:parent(?:[ -]${NOUN})?|epic|umbrella(?: ${NOUN})?)`;
const CHILDREN = `(?:child(?:ren|[ -](?:issues|tasks|tickets))|sub[ -]?(?:issues|tasks)|phases)`;
const BLOCKED = '(?:blocked[ -](?:by|on)|depends on|dependencies|prerequisites)';
const SEPARATOR = '[ \\t]*(?::|=|→|[ \\t][-–—]+>?[ \\t])[ \\t]*';

/** `Parent: …` needs its colon; `Child of …`, `Part of …` and `Blocked by …` are sentences that do without one. */
const LINES: readonly (readonly [StatementKind, RegExp])[] = [
  ['parent', new RegExp(`^${PARENT}${SEPARATOR}`, 'i')],
  ['parent', /^(?:this(?: (?:issue|task))? is )?an? ?(?:child|sub-?(?:task|issue)) of:?[ \t]+/i],
  ['parent', /^(?:child|sub-?(?:task|issue)) of:?[ \t]+/i],
  ['part_of', /^(?:(?:this(?: (?:issue|task))? )?is )?part of:?[ \t]+/i],
  ['blocked_by', new RegExp(`^(?:(?:this(?: (?:issue|task))? )?is )?${BLOCKED}(?:${SEPARATOR}|[ \\t]+)`, 'i')],
  ['children', new RegExp(`^${CHILDREN}${SEPARATOR}`, 'i')],
];

const HEADINGS: readonly (readonly [StatementKind, RegExp])[] = [
  ['parent', new RegExp(`^${PARENT}$`, 'i')],
  ['blocked_by', new RegExp(`^${BLOCKED}$`, 'i')],
  ['children', new RegExp(`^${CHILDREN}$`, 'i')],
];

/** Longer lines begin with no label that people would look for. */
const MAX_LABEL_LENGTH = 80;

/** The label with which a line begins. */
export function labelOfLine(line: string): Label | null {
  const start = line.slice(0, MAX_LABEL_LENGTH);
  for (const [kind, pattern] of LINES) {
    const [label] = pattern.exec(start) ?? [];
    if (label !== undefined) return { kind, length: label.length };
  }
  return null;
}

/** The label that a heading, or a line that serves as one, is: signs around it and a count behind it do not matter. */
export function labelOfHeading(text: string): StatementKind | null {
  if (text.length > MAX_LABEL_LENGTH) return null;
  const plain = text.replace(/^[^\p{L}]+/u, '').replace(/[\s:]*(?:[([][^()[\]]*[)\]])?[\s:]*$/, '');
  return HEADINGS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
