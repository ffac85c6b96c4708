import type { PlanEvidence } from '../../plan/plan.ts';
import type { FilePlace } from './file-place.ts';

/** The place in a template that asks for an item. */
export function scaffoldEvidence(quote: string, { path, line }: FilePlace): PlanEvidence {
  return { rule: 'scaffold', quote, in: null, path, line, confidence: null };
}
