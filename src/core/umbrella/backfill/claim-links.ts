import { shorten, visibleLine } from '../../markdown.ts';
import { type Ref, refKey, repositoryKey, sameRef } from '../../task/identity.ts';
import { type BackfillTask, isMarked, type UmbrellaMarks } from './backfill-task.ts';
import { parentOfDottedId } from './dotted-ids.ts';
import type { BackfillEvidence, BackfillRule, BackfillTier, LinkProposal } from './link-proposal.ts';
import type { NamedTasks } from './named-tasks.ts';
import { readStatements, type Statement } from './read-statements.ts';
import { APPLY_CONFIDENCE, ruleConfidence } from './rule-record.ts';

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
  /**
   * Whether nothing is left open, so that the statement can be followed without asking: no id between is missing, no other
   * repository is meant that was not read, no further words may take it back.
   */
  readonly isSure: boolean;
  readonly evidence: BackfillEvidence;
}

function claim(link: { readonly child: Ref; readonly parent: Ref }, { rule, isSure, evidence }: Ground): LinkProposal {
  const confidence = ruleConfidence(rule, isSure);
  const tier: BackfillTier = isSure && confidence >= APPLY_CONFIDENCE ? 'apply' : 'review';
  const relation = rule === 'blocked_by_line' ? 'blocked_by' : 'parent';
  return { ...link, relation, rule, confidence, tier, evidence: [evidence] };
}

const MAX_QUOTE_LENGTH = 120;

const quoteOf = (text: string): string => shorten(visibleLine(text), MAX_QUOTE_LENGTH);
