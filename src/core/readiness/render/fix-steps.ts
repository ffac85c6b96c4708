import type { Finding, ReadinessReport } from '../report-schema.ts';

/** One thing to do, and everything that it mends. */
export interface FixStep {
  /** The first that it mends. */
  readonly finding: Finding;
  /** How many findings it mends, from 1. */
  readonly mends: number;
}

/** What has to be done for the verdict to become `go`, in that order: what is one action of one actor is one step. */
export function fixSteps({ verdict, findings }: ReadinessReport): readonly FixStep[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const steps = new Map<string, FixStep>();
  for (const id of verdict.smallest_fix?.findings ?? []) {
    const finding = byId.get(id);
    if (finding === undefined) continue;
    const { actor, action } = finding;
    const key = JSON.stringify([actor.name, action.text, action.url]);
    const step = steps.get(key);
    steps.set(key, step === undefined ? { finding, mends: 1 } : { ...step, mends: step.mends + 1 });
  }
  return [...steps.values()];
}
