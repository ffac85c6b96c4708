import { expect, test } from 'vitest';
import { planClosedReport } from '../../../src/core/risk/plan-closed-report.ts';
import { RISK_MARKER } from '../../../src/core/risk/plan-risk-report.ts';

const AT = { pullRequest: { owner: 'octo', repo: 'harbor', number: 7 }, headSha: 'a'.repeat(40) };
const check = (title: string) => ({ conclusion: 'failure', title, summary: 'Whichever merges second …' });

test('edits the one comment of a closed pull request, and then turns its check neutral', () => {
  const ownComment = { id: 5, body: `${RISK_MARKER}\n### Conflicts with #12 (verified)`, copies: [6] };
  const changes = planClosedReport({ ...AT, ownCheck: check('Conflicts with #12 (verified)'), ownComment });
  expect(changes).toEqual([
    expect.objectContaining({
      ...{ kind: 'update_comment', on: AT.pullRequest, commentId: 5 },
      body: expect.stringContaining('### No longer open: not judged'),
    }),
    { kind: 'delete_comment', on: AT.pullRequest, commentId: 6 },
    {
      kind: 'report_check',
      repository: { owner: 'octo', repo: 'harbor' },
      sha: AT.headSha,
      name: 'parasol/risk',
      conclusion: 'neutral',
      title: 'No longer open: not judged',
      summary: 'It was merged or closed, so it conflicts with no open pull request any more.\n',
    },
  ]);
});

test.each([
  ['nothing of ours stands', null],
  ['our check tells of no conflict', check('No conflict with an open pull request')],
  ['our check says so already', check('No longer open: not judged')],
])('writes nothing where %s', (_, ownCheck) => {
  expect(planClosedReport({ ...AT, ownCheck, ownComment: null })).toEqual([]);
});
