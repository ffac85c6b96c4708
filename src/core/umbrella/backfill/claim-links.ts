import { shorten, visibleLine } from '../../markdown.ts';
import { type Ref, refKey, repositoryKey, sameRef } from '../../task/identity.ts';
import { type BackfillTask, isMarked, type UmbrellaMarks } from './backfill-task.ts';
import { parentOfDottedId } from './dotted-ids.ts';
import type { BackfillEvidence, BackfillRule, BackfillTier, LinkProposal } from './link-proposal.ts';
import type { NamedTasks } from './named-tasks.ts';
import { readStatements, type Statement } from './read-statements.ts';

/**
 * How often each rule was right where people recorded a parent, by the rule of succession, (right + 1) / (all + 2):
 * dotted ids 233 of 233 and parent lines 8 of 8 in the histories of two public projects (November 2026). Nobody has
 * measured lists of children and `Part of`: they start below.
 */
const CONFIDENCE: Readonly<Record<Exclude<BackfillRule, 'suggested'>, number>> = {
  dotted_id: 0.99,
  parent_line: 0.9,
  children_list: 0.9,
  part_of: 0.7,
  blocked_by_line: 0.9,
};

/** A statement that leaves something open: an id between is missing, another repository was not read, further words may take it back. */
const DOUBT = 0.2;

/** What the texts of one task say, as links: one for each place, none weighed against another yet. */
export function claimLinks(task: BackfillTask, named: NamedTasks, marks: UmbrellaMarks): readonly LinkProposal[] {
  const claims = readStatements(task, named).flatMap((statement) => claimsOf(statement, task, { named, marks }));
  return [...dottedClaims(task, named), ...claims].filter(({ child, parent }) => !sameRef(child, parent));
}

function dottedClaims(task: BackfillTask, named: NamedTasks): readonly LinkProposal[] {
  const above = task.plannedId === null ? null : parentOfDottedId(task.plannedId, named);
  const evidence = { quote: quoteOf(task.plannedId ?? ''), in: task.ref, line: null };
  const isSure = above?.isDirect === true;
  return (above?.tasks ?? []).map(({ ref }) =>
    claim({ child: task.ref, parent: ref }, { rule: 'dotted_id', isSure, evidence }),
  );
}

interface Reading {
  readonly named: NamedTasks;
  readonly marks: UmbrellaMarks;
}

function claimsOf(statement: Statement, task: BackfillTask, { named, marks }: Reading): readonly LinkProposal[] {
  const evidence = { quote: quoteOf(statement.quote), in: task.ref, line: statement.line };
  // Anybody can open an issue that lists the tasks of others: only an umbrella's own list says whose they are.
  if (statement.kind === 'children' && !isMarked(task, marks)) return [];
  return statement.refs.map((ref) => {
    const isSure = statement.isPlain && named.repositories.has(repositoryKey(ref));
    const other = named.byRef.get(refKey(ref))?.ref ?? ref;
    if (statement.kind !== 'children')
      return claim({ child: task.ref, parent: other }, { rule: RULE_OF[statement.kind], isSure, evidence });
    return claim({ child: other, parent: task.ref }, { rule: 'children_list', isSure, evidence });
  });
}

const RULE_OF = { parent: 'parent_line', part_of: 'part_of', blocked_by: 'blocked_by_line' } as const;

interface Ground {
  readonly rule: Exclude<BackfillRule, 'suggested'>;
  /** Whether nothing is left open, so that the statement can be followed without asking. */
  readonly isSure: boolean;
  readonly evidence: BackfillEvidence;
}

function claim(link: { readonly child: Ref; readonly parent: Ref }, { rule, isSure, evidence }: Ground): LinkProposal {
  const tier: BackfillTier = isSure && rule !== 'part_of' ? 'apply' : 'review';
  const confidence = CONFIDENCE[rule] - (isSure ? 0 : DOUBT);
  const relation = rule === 'blocked_by_line' ? 'blocked_by' : 'parent';
  return { ...link, relation, rule, confidence: Math.round(confidence * 100) / 100, tier, evidence: [evidence] };
}

const MAX_QUOTE_LENGTH = 120;

const quoteOf = (text: string): string => shorten(visibleLine(text), MAX_QUOTE_LENGTH);
