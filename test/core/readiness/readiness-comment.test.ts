import { describe, expect, test } from 'vitest';
import { planReadinessComment, readinessMarker } from '../../../src/core/readiness/readiness-comment.ts';
import { renderReadinessMarkdown } from '../../../src/core/readiness/render/render-markdown.ts';
import type { ReadinessReport } from '../../../src/core/readiness/report-schema.ts';
import { AT, finding, sampleReport } from './render/sample-report.ts';

const on = { owner: 'octo', repo: 'harbor', number: 1 };
const selector = 'umbrella:octo/harbor#1';
const marker = readinessMarker(selector);

function reportOf(generated_at = AT, expires_at: string | null = '2026-05-11T12:00:00Z'): ReadinessReport {
  const report = sampleReport({ generated_at });
  return { ...report, verdict: { ...report.verdict, expires_at } };
}
const plan = (report: ReadinessReport, body: string | null, isAsked = false) =>
  planReadinessComment({
    on,
    selector,
    report,
    isAsked,
    ownComment: body === null ? null : { id: 7, body, copies: [8] },
  });
const bodyOf = (report: ReadinessReport): string => {
  const [made] = plan(report, null);
  return made?.kind === 'create_comment' ? made.body : '';
};
const copyGone = { kind: 'delete_comment', on, commentId: 8 };

describe('the comment', () => {
  test("is the report's Markdown behind hidden words", () => {
    const report = reportOf();
    expect(plan(report, null)).toEqual([{ kind: 'create_comment', on, marker, body: expect.any(String) }]);
    expect(bodyOf(report)).toMatch(
      /^<!-- parasol:readiness v1 --><!-- of [0-9a-f]{8} --><!-- until 2026-05-11T12:00:00Z --><!-- at [0-9a-f]{40} -->\n/,
    );
    expect(bodyOf(report).replace(/^(<!-- [^>]* -->)+/, '<!-- parasol:readiness v1 -->')).toBe(
      renderReadinessMarkdown(report),
    );
  });

  test('of another scope begins with another marker, however it is written', () => {
    expect(readinessMarker('UMBRELLA:Octo/Harbor#1')).toBe(marker);
    expect(readinessMarker('umbrella:octo/harbor#2')).not.toBe(marker);
  });

  test('of a report that fills its room is one that GitHub takes', () => {
    const findings = Array.from({ length: 1_000 }, (_, index) => finding({ id: `f${index}`, why: 'ö'.repeat(300) }));
    const body = bodyOf({ ...reportOf(), findings });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_000);
    expect(Buffer.byteLength(body)).toBeGreaterThan(50_000);
  });
});

describe('a comment that stands', () => {
  const standing = bodyOf(reportOf());
  const later = reportOf('2026-05-10T18:00:00Z', '2026-05-11T18:00:00Z');

  test('is left alone while nothing but ages and times is another; its copies go', () => {
    expect(plan(later, standing)).toEqual([copyGone]);
    expect(plan(later, standing.replaceAll('\n', '\r\n'))).toEqual([copyGone]);
  });

  test.each([
    ['its verdict has ended', reportOf('2026-05-11T12:00:00Z', '2026-05-12T12:00:00Z'), false],
    ['somebody asked', later, true],
    ['it says something else', { ...reportOf(), findings: [] }, false],
  ])('is edited when %s', (_title, report, isAsked) => {
    expect(plan(report, standing, isAsked)).toEqual([
      { kind: 'update_comment', on, commentId: 7, marker, body: bodyOf(report) },
      copyGone,
    ]);
  });

  test('is not edited to what it is', () => {
    expect(plan(reportOf(), standing, true)).toEqual([copyGone]);
  });
});
