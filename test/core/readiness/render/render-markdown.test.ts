import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, it } from 'vitest';
import {
  renderReadinessMarkdown,
  renderWholeReadiness,
} from '../../../../src/core/readiness/render/render-markdown.ts';
import { blankTimes } from '../../../../src/core/umbrella/render-times.ts';
import { AT, criterion, finding, item, metrics, sampleReport } from './sample-report.ts';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const linesOf = (text: string): readonly string[] => text.replaceAll('\u200b', '').split('\n');

it('begins with the verdict, then what makes it go, then the criteria', () => {
  expect(linesOf(blankTimes(renderReadinessMarkdown(sampleReport()))).slice(0, 24)).toEqual([
    '<!-- parasol:readiness v1 -->',
    '### ✗ No-go: Completion (1)',
    '',
    'Harbor 3.1: 4 tasks, 4 pull requests; main at 0123456; holds until …, or until main moves',
    '',
    '`███████████████░░░░░` 75 % · 3 of 4 tasks complete',
    '',
    '#### What makes it go',
    '',
    '- [ ] **[merge #43](https://github.com/octo/harbor/pull/43)** (ravi) <code>gh pr merge 43 --repo=octo/harbor</code>: #12: #43 is approved and not merged',
    '',
    '| Criterion | Outcome | Weight | Measured | Passes when | Why |',
    '| --- | --- | --- | --- | --- | --- |',
    '| **Completion** | ✗ fail | blocks | 3 of 4 tasks | every task is complete | 1 open task |',
    '| Base CI | ✓ pass | blocks | 3 of 4 tasks | every task is complete | the newest commit passed |',
    '| Artifacts | – not judged | informs |  |  | no artifact field is configured |',
    '',
    '<details open>',
    '<summary>Completion: 1 in the way</summary>',
    '',
    '- ✗ [#12](https://github.com/octo/harbor/issues/12) Berth plan: #43 is approved and not merged · since …, … (… of it under an open blocker, excused) · lane api · 1 task waits for it: #13',
    '  - **[merge #43](https://github.com/octo/harbor/pull/43)** (ravi) <code>gh pr merge 43 --repo=octo/harbor</code>',
    '  - seen: [approved by lena](https://github.com/octo/harbor/pull/43#pullrequestreview-7)',
    '',
  ]);
});

it('tells at the top what changed since the earlier report', () => {
  const diff = {
    since: '2026-05-09T12:00:00Z',
    decision: { from: 'unknown', to: 'no_go' },
    appeared: ['open_task-1a2b3c4d'],
    resolved: [{ id: 'gone-1', why: 'octo/harbor#9 is done now' }],
    criteria: [{ id: 'base_ci', from: 'not_applicable', to: 'pass' }],
  } as const;
  const text = renderReadinessMarkdown(sampleReport({ diff }));
  expect(linesOf(blankTimes(text)).slice(7, 13)).toEqual([
    '**Changed since …**: unknown → **no-go**',
    '',
    '- Base CI: not applicable → **pass**',
    '- gone: #9 is done now',
    '- new: [#12](https://github.com/octo/harbor/issues/12) Berth plan: #43 is approved and not merged',
    '',
  ]);
  const same = { ...diff, decision: { from: 'go', to: 'go' }, appeared: [], resolved: [], criteria: [] } as const;
  expect(blankTimes(renderReadinessMarkdown(sampleReport({ diff: same })))).toContain('\nUnchanged since ….\n');
});

it('names each step once, with how many findings it mends', () => {
  const twice = ['a', 'b'].map((id) => finding({ id, item: null }));
  const fix = { text: '', findings: ['a', 'b'] };
  const report = sampleReport({ findings: twice });
  const text = renderReadinessMarkdown({ ...report, verdict: { ...report.verdict, smallest_fix: fix } });
  expect(linesOf(text).filter((line) => line.startsWith('- [ ]'))).toEqual([
    '- [ ] **[merge #43](https://github.com/octo/harbor/pull/43)** (ravi) <code>gh pr merge 43 --repo=octo/harbor</code>: #43 is approved and not merged · mends 2 findings',
  ]);
});

it('lists what could not be read with the permission needed, waivers with their end, and what the verdict rests on', () => {
  const report = sampleReport({
    coverage: [
      { source: 'tasks', state: 'ok', missing: null, permission: null },
      { source: 'checks', state: 'denied', missing: 'checks of octo/harbor#43', permission: 'checks: read' },
    ],
    waivers: [
      {
        id: 'w',
        by: 'lena',
        reason: 'ships later',
        item: 'octo/harbor#12',
        criterion: 'completion',
        until: '2026-06-01T00:00:00Z',
        sha: null,
        url: 'https://github.com/octo/harbor/issues/12#issuecomment-5',
        state: 'expired',
        why: 'it ended on 2026-05-01',
      },
    ],
    truncation: [{ list: 'findings', shown: 1, total: 7 }],
  });
  const text = renderReadinessMarkdown({
    ...report,
    verdict: {
      ...report.verdict,
      conditions: ['a waiver', 'checks may not be read: checks of octo/harbor#43 (needs checks: read)'],
    },
  });
  const lines = linesOf(blankTimes(text));
  expect(
    lines.slice(lines.indexOf('<summary>Waivers: 1</summary>')).filter((line) => !/^(<\/?d|$)/.test(line)),
  ).toEqual([
    '<summary>Waivers: 1</summary>',
    '- expired: [#12, Completion](https://github.com/octo/harbor/issues/12#issuecomment-5) by lena until …: ships later (it ended on 2026-05-01)',
    '<summary>Rests on: 1</summary>',
    '- a waiver',
    '<summary>Could not be read in full: 1</summary>',
    '- checks may not be read: checks of #43 (needs checks: read)',
    'Not judged, because nothing asks for it: Artifacts.',
    'The report holds 1 of 7 findings; its figures count all.',
    '<sub>As of …. Policy: defaults (bbbb2222); readiness/v1.</sub>',
  ]);
});

it('folds what informs below what blocks, however much it unblocks', () => {
  const age = criterion({ id: 'implemented_age', title: 'Implemented age', weight: 'informing' });
  const findings = [
    finding({ id: 'a', criterion: 'implemented_age' }),
    finding({ waived_by: 'w' }),
    finding({ id: 'b' }),
  ];
  const text = renderReadinessMarkdown(sampleReport({ criteria: [age, criterion()], findings }));
  expect(linesOf(text).filter((line) => /^<(details|summary)/.test(line))).toEqual([
    '<details open>',
    '<summary>Completion: 1 in the way, 1 waived</summary>',
    '<details>',
    '<summary>Implemented age: 1 missed</summary>',
  ]);
});

it('is at most 60,000 bytes, and counts what it leaves out', () => {
  const findings = Array.from({ length: 1_000 }, (_, index) => {
    return finding({ id: `f${index}`, criterion: index % 2 === 0 ? 'completion' : 'base_ci', why: 'ö'.repeat(300) });
  });
  const report = sampleReport({ findings });
  const fix = { text: '', findings: findings.map(({ id }) => id) };
  const text = renderReadinessMarkdown({ ...report, verdict: { ...report.verdict, smallest_fix: fix } });
  const shown = linesOf(text).filter((line) => line.startsWith('- ✗')).length;
  const left = [...text.matchAll(/^- … (\d+) more$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  expect(bytes(text)).toBeLessThanOrEqual(60_000);
  expect(bytes(text)).toBeGreaterThan(50_000);
  expect([shown > 20, shown + left]).toEqual([true, 1_000]);
  expect(text.endsWith('readiness/v1.</sub>\n')).toBe(true);
});

it('leaves nothing out where it is written to a file, and says as little as is true of what it holds', () => {
  const findings = Array.from({ length: 400 }, (_, index) => finding({ id: `f${index}`, why: `reason ${index}.` }));
  const resolved = findings.map(({ id }) => ({ id: `gone-${id}`, why: `gone ${id}.` }));
  const decision = { from: 'no_go', to: 'no_go' } as const;
  const diff = { since: '2026-05-09T12:00:00Z', decision, appeared: [], resolved, criteria: [] };
  const coverage = findings.map(({ id }) => ({
    ...({ source: `source ${id}`, state: 'denied', missing: 'ö'.repeat(40), permission: 'checks: read' } as const),
  }));
  const report = sampleReport({ findings, coverage, diff });
  const text = renderWholeReadiness(report);
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  expect(bytes(text)).toBeGreaterThan(100_000);
  expect([count(/^- ✗ /gm), count(/^- gone: /gm), count(/^- source f/gm), count(/\d+ more/g)]).toEqual([
    400, 400, 400, 0,
  ]);
  expect(renderReadinessMarkdown(report)).toContain(' more\n');
});

it('draws the longest chain with at most 12 tasks, in letters that mean nothing to Mermaid', () => {
  const chain = Array.from({ length: 15 }, (_, index) => `octo/harbor#${index + 1}`);
  const hostile = '"]; click t0 "javascript:x" %%{init: {}}%% ``` `<b>` https://e.x';
  const text = renderReadinessMarkdown(
    sampleReport({ metrics: metrics({ longest_chain: chain }), items: [item(1, { title: hostile })] }),
  );
  const chart = /```mermaid\n(.*?)```/s.exec(text)?.[1]?.split('\n') ?? [];
  expect(chart[1]).toBe('  t0["#1 click t0 javascript:x init: b https //e.x"]');
  expect(chart.slice(12, 15)).toEqual([
    '  t11["#12"]',
    '  t12["3 more"]',
    '  t0 --> t1 --> t2 --> t3 --> t4 --> t5 --> t6 --> t7 --> t8 --> t9 --> t10 --> t11 --> t12',
  ]);
});

it('pings nobody and links nothing that a title, a name or a sentence asks for', () => {
  const hostile = fc.array(
    fc.constantFrom(
      '@everyone',
      '#1',
      'o/r#2',
      'GH-3',
      '<b>',
      '|',
      '`',
      '```',
      '[a](http://e.x)',
      '\n',
      '![i](//e.x)',
      'www.e.x',
      '<!--',
      '~~',
      '\\',
      'x',
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(
      hostile.map((parts) => parts.join(' ')),
      (text) => {
        const name = {
          ref: 'octo/harbor#12',
          kind: 'task',
          title: text,
          url: 'https://github.com/octo/harbor/issues/12',
        } as const;
        const body = renderReadinessMarkdown(
          sampleReport({
            findings: [
              finding({
                item: name,
                lane: text,
                why: text,
                actor: { name: text, kind: 'person' },
                action: { text, command: text, url: null },
                unblocks: [text],
                evidence: [{ text, url: null, path: text, line: 3 }],
              }),
            ],
            items: [item(12, { title: text })],
            scope: { ...sampleReport().scope, title: text, base_branch: text },
            criteria: [criterion({ reason: text, threshold: text, measured: { text } })],
            coverage: [{ source: text, state: 'denied', missing: text, permission: text }],
            metrics: metrics({ review_backlog: [{ reviewer: text, open: 1, over_sla: 0 }] }),
            generated_at: AT,
          }),
        );
        expect(foreignParts(body)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

/** What is not of our own making: links elsewhere, images, mentions, HTML beyond our few elements. */
function foreignParts(body: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'link' && !node.url.startsWith('https://github.com/octo/harbor/')) found.push(node.url);
    if (node.type === 'image') found.push(node.url);
    if (
      node.type === 'html' &&
      !/^(?:<!-- parasol:readiness v1 -->|<\/?(?:details(?: open)?|summary|code|sub|br)>.*)$/s.test(node.value)
    )
      found.push(node.value);
    if (node.type === 'text' && /@\w|(?:^|\s)#\d|o\/r#\d|GH-\d/.test(node.value)) found.push(node.value);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return found;
}
