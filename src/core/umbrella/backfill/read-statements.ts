import { readTextBlocks, type TextBlock } from '../../markdown-blocks.ts';
import type { Ref } from '../../task/identity.ts';
import type { BackfillTask } from './backfill-task.ts';
import { isOwnTitle, leadingReferences, type NamedTasks, namesAt } from './named-tasks.ts';
import { labelOfHeading, labelOfLine, type StatementKind } from './statement-labels.ts';

/** One place in a body that says how its task stands to others. */
export interface Statement {
  readonly kind: StatementKind;
  readonly refs: readonly Ref[];
  /** Whether nothing beside the references could take it back: only words of the titles of what they name. */
  readonly isPlain: boolean;
  readonly quote: string;
  /** Line of the body, from 1. */
  readonly line: number;
}

/**
 * What a task's body says of its parent, its children and what blocks it: lines with a label (`Parent: #1`), and what
 * stands under a heading or a line that is a label. A mention anywhere else says nothing.
 */
export function readStatements(task: BackfillTask, named: NamedTasks): readonly Statement[] {
  if (!MAY_STATE.test(task.body)) return [];
  const reading: Reading = { task, named, section: null, coveredDepth: null };
  return readTextBlocks(task.body).flatMap((block) => statementsOf(block, reading));
}

/** Cheap first look, so that most bodies are never parsed as Markdown. */
const MAY_STATE = /parent|epic|umbrella|child|sub-?\s?(?:task|issue)|part of|phases|block|depend/i;

interface Section {
  readonly kind: StatementKind;
  /** Of its heading; 7 for a line that serves as one. */
  readonly level: number;
}

interface Reading {
  readonly task: BackfillTask;
  readonly named: NamedTasks;
  section: Section | null;
  /** Depth of the list item that named a child last: what is nested in it is said of that child. */
  coveredDepth: number | null;
}

function statementsOf(block: TextBlock, reading: Reading): readonly Statement[] {
  if (block.headingLevel > 0) {
    openHeading(block, reading);
    return [];
  }
  const lines = block.proseWithLinks
    .split('\n')
    .map((text, index) => ({ text: text.trim(), line: block.line + index }));
  if (block.listDepth === 0 && reading.section?.level === LINE_LEVEL && !isTable(lines)) reading.section = null;
  const labelled = lines.flatMap((one) => ofLabelledLine(one, reading));
  if (labelled.length > 0) return labelled;
  const listed = reading.section === null ? [] : inSection(block, lines, reading);
  const label = labelOfHeading(lines.at(-1)?.text ?? '');
  const isLabel = block.listDepth === 0 && label !== null && (lines.at(-1)?.text ?? '').endsWith(':');
  if (isLabel && label !== null) reading.section = { kind: label, level: LINE_LEVEL };
  return listed;
}

const LINE_LEVEL = 7;

function openHeading(block: TextBlock, reading: Reading): void {
  reading.coveredDepth = null;
  const kind = labelOfHeading(block.prose);
  if (kind !== null) reading.section = { kind, level: block.headingLevel };
  else if (block.headingLevel <= (reading.section?.level ?? 0)) reading.section = null;
}

interface Line {
  readonly text: string;
  readonly line: number;
}

function ofLabelledLine({ text, line }: Line, { task, named }: Reading): readonly Statement[] {
  const label = labelOfLine(text);
  if (label === null) return [];
  const { refs, isPlain } = leadingReferences(text.slice(label.length), task, named);
  return refs.length === 0 ? [] : [{ kind: label.kind, refs, isPlain, quote: text, line }];
}

function inSection(block: TextBlock, lines: readonly Line[], reading: Reading): readonly Statement[] {
  const kind = reading.section?.kind;
  if (kind === undefined) return [];
  if (kind === 'children') return childrenIn(block, lines, reading);
  const found = lines.flatMap(({ text, line }): readonly Statement[] => {
    const { refs, isPlain } = leadingReferences(withoutBox(text), reading.task, reading.named);
    return refs.length === 0 ? [] : [{ kind, refs, isPlain, quote: text, line }];
  });
  // Under "Parent" stands one answer; what follows it is other text.
  if (kind !== 'blocked_by') reading.section = null;
  return found;
}

function childrenIn(block: TextBlock, lines: readonly Line[], reading: Reading): readonly Statement[] {
  const rows = block.listDepth > 0 ? lines.slice(0, 1) : lines.filter(({ text }) => text.startsWith('|'));
  if (reading.coveredDepth !== null && block.listDepth > reading.coveredDepth) return [];
  reading.coveredDepth = null;
  const found = rows.flatMap(({ text, line }): readonly Statement[] => {
    const { refs, isPlain } = childrenOnRow(text, reading);
    return refs.length === 0 ? [] : [{ kind: 'children', refs, isPlain, quote: text, line }];
  });
  if (found.length > 0 && block.listDepth > 0) reading.coveredDepth = block.listDepth;
  return found;
}

const isTable = (lines: readonly Line[]): boolean => lines.every(({ text }) => text.startsWith('|'));

const withoutBox = (text: string): string => text.replace(/^\[[ xX]\][ \t]+/, '');

/** The children with which an item or a table's row begins, or the one with which an item ends: `Login page (#12)`. */
function childrenOnRow(row: string, { task, named }: Reading): Pick<Statement, 'refs' | 'isPlain'> {
  const text = row.startsWith('|') ? row.slice(1) : withoutBox(row);
  const leading = leadingReferences(text, task, named);
  if (leading.refs.length > 0) return leading;
  const [, before = '', last = ''] = LAST_WORD.exec(text.slice(0, MAX_ITEM_LENGTH)) ?? [];
  if (row.startsWith('|') || OTHER_RELATION.test(before)) return { refs: [], isPlain: true };
  const end = namesAt(last, 0, { from: task, named });
  const refs = end?.end === last.length ? end.refs : [];
  return { refs, isPlain: isOwnTitle(before, refs, named) };
}

const MAX_ITEM_LENGTH = 1_000;
const LAST_WORD = /^(.*[\s([])([^\s()[\]]+)[)\]]?[.;,]?\s*$/;

/** Words that make a reference behind them something else than the item itself. */
const OTHER_RELATION =
  /\b(?:after|before|blocked|blocks|by|cf|closed|closes|compare|depends|duplicates?|fixed|fixes|follow[- ]?up|from|in|like|needs|of|on|per|pr|pull|related|replaces|requires|resolves|see|since|supersedes|to|until|via|with)\b[\s:#([]*(?:to|on|by|in|of|for|request)?[\s:([]*$/i;
