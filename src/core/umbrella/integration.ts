import { inWords } from '../in-words.ts';
import type { Gap } from '../reading.ts';
import { formatRef, type Ref } from '../task/identity.ts';
import { isComplete } from './progress.ts';
import type { CountedState, IntegrationReadiness, IntegrationReason } from './rollup.ts';

/** What is judged of one child; `ref` is null for a child that must not be named. */
export interface JudgedChild {
  readonly ref: Ref | null;
  readonly state: CountedState;
  readonly missingArtifacts: readonly string[];
  /** Required fields that could not be looked for. */
  readonly unreadArtifacts: readonly string[];
  readonly openBlockers: number;
  /** For a nested umbrella. */
  readonly nested: IntegrationReadiness['verdict'] | null;
}

export interface IntegrationFacts {
  readonly children: readonly JudgedChild[];
  /** Those are told by `gaps` as well; here they count where nothing else tells. */
  readonly unreadChildren: number;
  /** Open blockers of the umbrella itself. */
  readonly ownBlockers: number;
  readonly gaps: readonly Gap[];
  readonly areArtifactsConfigured: boolean;
}

/**
 * Whether the umbrella can integrate: every child that is not dropped is done or integrated, carries its artifact fields,
 * and nothing is blocked. Anything in the way makes it `no_go`; else anything unread makes it `unknown`, so that a gap
 * never lets it be `go`. An umbrella without a child to integrate is `unknown`, as an empty scope is to the readiness report.
 */
export function assessIntegration(facts: IntegrationFacts): IntegrationReadiness {
  const relevant = facts.children.filter((child) => child.state !== 'dropped');
  const named = relevant.filter((child) => child.ref !== null);
  const reasons = [
    ...emptyReason(relevant.length + facts.unreadChildren),
    ...named.flatMap(reasonsOf),
    ...mergeHidden(relevant.filter((child) => child.ref === null)),
    ...blockerReason(null, facts.ownBlockers),
    ...(facts.gaps.length > 0 ? [] : unreadReason(facts.unreadChildren)),
    ...facts.gaps.map((gap): IntegrationReason => unknownReason(null, 'coverage', `could not read ${gap.what}`)),
  ];
  const hasBlock = reasons.some((reason) => reason.effect === 'blocks');
  const verdict = hasBlock ? 'no_go' : reasons.length > 0 ? 'unknown' : 'go';
  return { verdict, reasons, notJudged: notJudged(facts) };
}

/** While the configuration cannot be read, nobody knows what it asks for. */
function notJudged({ gaps, areArtifactsConfigured }: IntegrationFacts): readonly string[] {
  if (gaps.some(({ about }) => about === 'configuration')) return [];
  return areArtifactsConfigured ? ['gates'] : ['artifact fields', 'gates'];
}

function reasonsOf(child: JudgedChild): readonly IntegrationReason[] {
  return [
    ...completionReason(child),
    ...artifactReasons(child),
    ...(child.state === 'done' ? [] : blockerReason(child.ref, child.openBlockers)),
  ];
}

function completionReason(child: JudgedChild): readonly IntegrationReason[] {
  const name = nameOf(child.ref);
  if (child.state === 'unknown') return [unknownReason(child.ref, 'completion', `the state of ${name} is unknown`)];
  if (!isComplete(child.state)) {
    return [blockingReason(child.ref, 'completion', `${name} is ${inWords(child.state)}`)];
  }
  if (child.nested === 'no_go') {
    return [blockingReason(child.ref, 'completion', `${name} is ${child.state}, but not everything under it`)];
  }
  if (child.nested !== 'unknown') return [];
  return [unknownReason(child.ref, 'completion', `not everything under ${name} could be read`)];
}

function artifactReasons(child: JudgedChild): readonly IntegrationReason[] {
  const name = nameOf(child.ref);
  const missing = child.missingArtifacts.map((field) =>
    blockingReason(child.ref, 'artifacts', `${name} has no valid ${field}`),
  );
  const unread = child.unreadArtifacts.map((field) =>
    unknownReason(child.ref, 'artifacts', `could not look for ${field} of ${name}`),
  );
  return [...missing, ...unread];
}

function blockerReason(ref: Ref | null, count: number): readonly IntegrationReason[] {
  if (count === 0) return [];
  const name = ref === null ? 'the umbrella' : formatRef(ref);
  return [blockingReason(ref, 'dependencies', `${name} has ${count} open blocker${count === 1 ? '' : 's'}`)];
}

/** One reason for all children that must not be named, per criterion. */
function mergeHidden(children: readonly JudgedChild[]): readonly IntegrationReason[] {
  const reasons = children.map(reasonsOf);
  const count = (effect: IntegrationReason['effect']): number =>
    reasons.filter((ofChild) => ofChild.some((reason) => reason.effect === effect)).length;
  const [blocking, unread] = [count('blocks'), count('unknown')];
  return [
    ...(blocking > 0 ? [blockingReason(null, 'completion', `${privateTasks(blocking)} not ready`)] : []),
    ...(unread > 0 ? [unknownReason(null, 'coverage', `${privateTasks(unread)} not readable in full`)] : []),
  ];
}

const privateTasks = (count: number): string => (count === 1 ? '1 private task is' : `${count} private tasks are`);

function emptyReason(count: number): readonly IntegrationReason[] {
  return count > 0 ? [] : [unknownReason(null, 'completion', 'there is no child to integrate')];
}

function unreadReason(count: number): readonly IntegrationReason[] {
  if (count === 0) return [];
  return [unknownReason(null, 'coverage', `${count} ${count === 1 ? 'child' : 'children'} could not be read`)];
}

const nameOf = (ref: Ref | null): string => (ref === null ? 'a private task' : formatRef(ref));

type Criterion = IntegrationReason['criterion'];

const blockingReason = (ref: Ref | null, criterion: Criterion, text: string): IntegrationReason => ({
  criterion,
  effect: 'blocks',
  ref,
  text,
});

const unknownReason = (ref: Ref | null, criterion: Criterion, text: string): IntegrationReason => ({
  criterion,
  effect: 'unknown',
  ref,
  text,
});
