import type { CheckChange } from '../change.ts';
import { neutralizeInHtml, shorten } from '../markdown.ts';
import { READINESS_CHECK } from '../own-checks.ts';
import { RISK_CHECK } from '../risk/plan-risk-report.ts';
import type { RepositoryRef } from '../task/identity.ts';
import { concludeReadiness, type PostingMode } from './plan-readiness-check.ts';
import { markedReport } from './readiness-comment.ts';
import type { ReadinessReport } from './report-schema.ts';

/** A commit that a merge queue made of its base and of pull requests, to see whether their checks pass together. */
export interface MergeGroup {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly baseSha: string;
  /** The branch that it is to be merged into. */
  readonly base: string;
  /** The pull request that it ends in; null where the queue's branch does not say. */
  readonly pull: number | null;
}

/** What merging the group ships: a pull request from a release branch ships that one. */
export type Shipment =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'release'; readonly report: ReadinessReport }
  | { readonly kind: 'unknown'; readonly why: string };

interface GroupFacts {
  readonly group: MergeGroup;
  /** Null where the check is not posted on anything. */
  readonly riskMode: PostingMode | null;
  /** Null where the check is not posted on anything. */
  readonly readiness: { readonly mode: PostingMode; readonly shipment: Shipment } | null;
}

/**
 * Our checks on the head of a merge group: a queue waits until every required check has answered there.
 *
 * `parasol/risk` passes: it judges whether pull requests merge, and the queue's own commit shows that these do, with each
 * other and with their base. Those outside the group are told on their own heads. `parasol/readiness` is the verdict of the
 * release branch where the group ends in one, at the very commit that was queued. Any other pull request ships nothing, and
 * passes: else nobody could merge the fix that makes a release ready. In `comment` both are neutral; in `enforce` what nobody
 * knows is `action_required`.
 */
export function planGroupChecks({ group, riskMode, readiness }: GroupFacts): readonly CheckChange[] {
  const { repository, headSha: sha } = group;
  const place = { kind: 'report_check', repository, sha } as const;
  return [
    ...(riskMode === null
      ? []
      : [{ ...place, name: RISK_CHECK, conclusion: concludeReadiness('go', riskMode), ...riskWords(group) }]),
    ...(readiness === null ? [] : [{ ...place, name: READINESS_CHECK, ...readinessWords(group, readiness) }]),
  ];
}

function riskWords({ base, baseSha }: MergeGroup): Pick<CheckChange, 'title' | 'summary'> {
  return {
    title: 'The merge queue has merged it',
    summary: `This commit is the queue's own: <code>${neutralizeInHtml(base, 100)}</code> at ${baseSha.slice(0, 7)} with the pull requests of the group. That it is there shows that they merge with each other and with their base; conflicts with pull requests outside the group are told on those.\n`,
  };
}

type Answer = Pick<CheckChange, 'conclusion' | 'title' | 'summary'>;

function readinessWords(group: MergeGroup, { mode, shipment }: NonNullable<GroupFacts['readiness']>): Answer {
  switch (shipment.kind) {
    case 'release': {
      const { decision, headline } = shipment.report.verdict;
      const summary = markedReport(shipment.report);
      return { conclusion: concludeReadiness(decision, mode), title: shorten(headline, 200), summary };
    }
    case 'nothing':
      return {
        conclusion: concludeReadiness('go', mode),
        title: `#${group.pull} ships no release branch`,
        summary:
          'Whether a release is ready is judged on the head of its branch, and in a merge queue on a pull request from it. Any other may merge meanwhile: it may be the fix that makes it ready.\n',
      };
    case 'unknown':
      return {
        conclusion: concludeReadiness('unknown', mode),
        title: shorten(`Unknown: ${shipment.why}`, 200),
        summary: 'Take the pull request out of the queue and put it there again.\n',
      };
  }
}
