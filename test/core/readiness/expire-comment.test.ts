import { expect, test } from 'vitest';
import { planExpiredComment } from '../../../src/core/readiness/expire-comment.ts';
import { markedReport, readinessMarker } from '../../../src/core/readiness/readiness-comment.ts';
import { AT, sampleReport } from './render/sample-report.ts';

const on = { owner: 'octo', repo: 'harbor', number: 1 };
const marker = readinessMarker('label:beacon');
const UNTIL = '2026-05-11T12:00:00Z';
const { scope, verdict, ...rest } = sampleReport({ generated_at: AT });
const sha = 'abc1234def'.repeat(4);
const report = { ...rest, scope: { ...scope, base_sha: sha }, verdict: { ...verdict, expires_at: UNTIL } };
const body = markedReport(report, marker);
const moved = '0123456789'.repeat(4);

const plan = (about: { readonly body?: string; readonly now?: string; readonly head?: string | null }) =>
  planExpiredComment({
    ...{ on, marker, branch: 'release/3.1', now: about.now ?? AT },
    ownComment: { id: 7, body: about.body ?? body },
    head: about.head === undefined ? sha : about.head,
  });
const told = (about: Parameters<typeof plan>[0]): string =>
  plan(about)
    .map((change) => ('body' in change ? change.body : ''))
    .join();

test('nothing is written while the verdict holds', () => {
  expect(plan({})).toEqual([]);
});

test.each([
  ['its time is up', { now: UNTIL }, 'its time is up'],
  ['its base moved', { head: moved }, '<code>release/3.1</code> moved from abc1234 to 0123456'],
  ['its base is gone', { head: null }, '<code>release/3.1</code> is gone'],
])('it says so above what it told once %s', (_title, about, why) => {
  const note = `This verdict holds no longer: ${why}. Below is what it told; the command, commented again, tells how things stand now.`;
  const [heading = ''] = /\n### .*/.exec(body) ?? [];
  const expected = body.replace(heading, `${heading.replace('### ', '### Expired: ')}\n\n${note}`);
  expect(plan(about)).toEqual([{ kind: 'update_comment', on, commentId: 7, marker, body: expected }]);
});

test('it says so once', () => {
  expect(plan({ body: told({ head: moved }), head: null, now: UNTIL })).toEqual([]);
});

test('a report of an earlier Parasol, which does not say what commit it is about, ends by its time alone', () => {
  const older = body.replace(`<!-- at ${sha} -->`, '');
  expect(plan({ body: older, head: moved })).toEqual([]);
  expect(told({ body: older, now: UNTIL })).toContain('its time is up');
});

test('a branch name closes nothing and pings nobody', () => {
  const branch = '</code>@ravi';
  const [change] = planExpiredComment({ on, marker, branch, now: AT, ownComment: { id: 7, body }, head: null });
  expect(change).toMatchObject({ body: expect.stringContaining('<code>&#60;/code&#62;@\u200bravi</code> is gone') });
});
