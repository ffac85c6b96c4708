import { OUTCOME_MARKS } from '../../core/readiness/render/report-words.ts';
import type { CriterionResult, ReadinessReport } from '../../core/readiness/report-schema.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { nearText } from '../cli/near-text.ts';

interface CriteriaProps {
  readonly criteria: ReadinessReport['criteria'];
  readonly near: RepositoryRef;
}

export function CriteriaTable({ criteria, near }: CriteriaProps) {
  return (
    <div class="scroll">
      <table class="wide">
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col">Outcome</th>
            <th scope="col">Weight</th>
            <th scope="col">Measured</th>
            <th scope="col">Passes when</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <tr>
              <th scope="row">{criterion.title}</th>
              <td class={`outcome ${lookOf(criterion)}`}>
                <span class="sign" aria-hidden="true">
                  {OUTCOME_MARKS[criterion.outcome].sign}
                </span>
                {OUTCOME_MARKS[criterion.outcome].word}
              </td>
              <td class="soft">{criterion.weight === 'blocking' ? 'blocks' : 'informs'}</td>
              <td>{nearText(criterion.measured?.text ?? '', near)}</td>
              <td class="soft">{nearText(criterion.threshold ?? '', near)}</td>
              <td>{nearText(criterion.reason, near)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function lookOf({ outcome, weight }: CriterionResult): string {
  if (outcome === 'pass') return 'good';
  if (outcome === 'fail') return weight === 'blocking' ? 'bad' : 'doubt';
  return outcome === 'unknown' ? 'doubt' : 'quiet';
}
