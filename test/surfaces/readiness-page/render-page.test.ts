import { describe, expect, test } from 'vitest';
import { labelUnits } from '../../../src/core/readiness/render/fit-label.ts';
import type { ReadinessReport } from '../../../src/core/readiness/report-schema.ts';
import { PAGE_STYLE } from '../../../src/surfaces/readiness-page/page-style.ts';
import { renderReadinessPage } from '../../../src/surfaces/readiness-page/render-page.tsx';
import { contrast } from '../../contrast.ts';
import { criterion, finding, item, metrics, sampleReport } from '../../core/readiness/render/sample-report.ts';

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>&\u202e';
const render = (input: Partial<ReadinessReport> = {}): string => renderReadinessPage(sampleReport(input));
const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('the readiness page', () => {
  test('tells the verdict, then what makes it go, the criteria, the figures, the findings and what it rests on', () => {
    const html = render();
    expect([...html.matchAll(/<h[12][^>]*>(.*?)<\/h[12]>/g)].map(([, title]) => title)).toEqual([
      'Harbor 3.1',
      'What makes it go',
      'Criteria',
      'Figures',
      'Findings',
      'What this rests on',
    ]);
    expect(textOf(html)).toMatch(
      /^no-go: Harbor 3\.1 Readiness of octo\/harbor · milestone:Harbor 3\.1 Harbor 3\.1 ✗ No-go: Completion \(1\) 75 %, 3 of 4 tasks complete: 3 done, 1 approved Base main at 0123456 /,
    );
    expect(textOf(html)).toContain(
      '✗ #12 Berth plan : #43 is approved and not merged merge #43 (ravi) gh pr merge 43 --repo=octo/harbor since 2026-05-08 12:00 UTC, 2 days (12 hours of it under an open blocker, excused) · lane api · 1 task waits for it: #13 Seen: approved by lena',
    );
  });

  test('needs nothing from elsewhere, and forbids it', () => {
    const html = render();
    expect(html).not.toMatch(/<script|<iframe|@import|url\(|\ssrc=/i);
    expect(html).toContain('content="default-src &#39;none&#39;;');
    expect([...html.matchAll(/<link [^>]*href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['data:,']);
  });

  test('shows what people wrote as text, and links only to pages of the web', () => {
    const name = { ref: HOSTILE, kind: 'task', title: HOSTILE, url: 'javascript:alert(1)' } as const;
    const html = render({
      repository: 'octo/harbor',
      scope: { ...sampleReport().scope, title: HOSTILE, selector: HOSTILE, base_branch: HOSTILE },
      findings: [
        finding({
          item: name,
          why: HOSTILE,
          lane: HOSTILE,
          actor: { name: HOSTILE, kind: 'person' },
          action: { text: HOSTILE, command: HOSTILE, url: 'data:text/html,x' },
          evidence: [{ text: HOSTILE, url: `https://e.x/" onclick="alert(3)`, path: HOSTILE, line: 1 }],
        }),
      ],
      items: [item(12, { title: HOSTILE, url: 'javascript:alert(1)' })],
      criteria: [criterion({ reason: HOSTILE, measured: { text: HOSTILE }, threshold: HOSTILE })],
      metrics: metrics({
        longest_chain: [HOSTILE, 'octo/harbor#12'],
        review_backlog: [{ reviewer: HOSTILE, open: 1, over_sla: 1 }],
      }),
      coverage: [{ source: HOSTILE, state: 'denied', missing: HOSTILE, permission: HOSTILE }],
      policy: { hash: HOSTILE, source: HOSTILE },
    });
    expect(html).not.toMatch(/<script|<img|\u202e|href="(?!https?:|data:,")/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect([...html.matchAll(/<[a-z]+ [^>]*\son[a-z]+=/g)]).toEqual([]);
  });

  test('names each chart, and tells in words what it shows', () => {
    const clocks = {
      implemented_at: null,
      approved_at: null,
      green_at: null,
      mergeable_at: null,
      present_at: null,
      review_wait_seconds: null,
      merge_wait_seconds: null,
      excused_seconds: 0,
    };
    const html = render({
      items: [
        item(12, { title: 'Berth plan' }),
        item(43, {
          kind: 'pull_request',
          clocks: { ...clocks, merged_at: '2026-05-04T00:00:00Z', age_seconds: 90_000 },
        }),
        item(44, { kind: 'pull_request', clocks: { ...clocks, merged_at: null, age_seconds: 90 * 86_400 } }),
      ],
    });
    expect(
      [...html.matchAll(/<title id="([a-z-]+)-title">(.*?)<\/title><desc[^>]*>(.*?)<\/desc>/g)].map((one) =>
        one.slice(1),
      ),
    ).toEqual([
      ['burn-up', 'Burn-up', 'From 2026-05-08 to 2026-05-10: 1 of 3 tasks complete, then 3 of 4.'],
      ['ages', 'Age of what is implemented', '1–2 d: 1 merged, 0 waiting; 21+ d: 0 merged, 1 waiting.'],
      ['chain', 'Longest chain', 'Each waits for the one before it: #12 Berth plan; #13.'],
      ['backlog', 'Review backlog', 'lena: 2 reviews, 1 over SLA.'],
    ]);
  });

  test('leaves out what it has nothing to show for', () => {
    const html = render({
      findings: [],
      items: [],
      metrics: metrics({
        burn_up: [],
        longest_chain: [],
        review_backlog: [],
        complete: { num: 0, den: 0, value: null },
      }),
      verdict: { ...sampleReport().verdict, not_judged: [], smallest_fix: null },
    });
    expect([...html.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual(['Criteria']);
    expect(html).not.toMatch(/<svg|NaN|undefined|progressbar/);
  });

  test.each([
    ['completion', 'Burn-up'],
    ['implemented_age', 'Age of what is implemented'],
    ['dependencies', 'Longest chain'],
    ['gate_backlog', 'Review backlog'],
  ] as const)('says what could not be read of %s, with a chart and without one', (id, title) => {
    const unread = [1, 2].map((n) =>
      finding({ id: `f${n}`, criterion: id, effect: 'unknown', why: 'could not read #12: needs Issues: read' }),
    );
    const figuresOf = (html: string) =>
      textOf(/<section aria-labelledby="figures".*?<\/section>/s.exec(html)?.[0] ?? '');
    const why = 'could not read #12: needs Issues: read, and 1 more gap';
    expect(figuresOf(render({ findings: unread }))).toMatch(new RegExp(`(?:Not whole|Unknown): ${why}`));
    const empty = { burn_up: [], longest_chain: [], review_backlog: [] };
    expect(figuresOf(render({ findings: unread, items: [], metrics: metrics(empty) }))).toBe(
      `Figures ${title} Unknown: ${why}`,
    );
    const criteria = [criterion({ id, outcome: 'unknown', reason: '1 page of issues unread' })];
    expect(figuresOf(render({ findings: [], items: [], criteria, metrics: metrics(empty) }))).toBe(
      `Figures ${title} Unknown: 1 page of issues unread`,
    );
  });

  test('keeps every label within its chart', () => {
    const html = render({
      items: [
        item(12, { title: '港湾の停泊計画を潮汐に合わせて再計算する機能を追加し船長に通知する' }),
        item(13, { title: 'W'.repeat(200) }),
      ],
      metrics: metrics({
        burn_up: [1, 2].map((n) => ({ day: `2026-05-0${n}`, scope: 100_000, complete: 0 })),
        review_backlog: [{ reviewer: 'tidewater/WORLDWIDE-MERGERS', open: 1_250, over_sla: 1_250 }],
      }),
    });
    const labels = [...html.matchAll(/<text[^>]* x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">(.*?)<\/text>/g)];
    const spans = labels.map(([, x, y, anchor, text = '']) => {
      const width = labelUnits(text.replace(/&#\d+;/g, '&'));
      const start = Number(x) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
      return { text, y, start, end: start + width };
    });
    expect(spans.filter(({ start, end }) => start < -0.1 || end > 520.1)).toEqual([]);
    const chain = spans.filter(({ text }) => text.startsWith('#1'));
    expect(chain).toHaveLength(2);
    for (const { y, end, text } of chain)
      expect(spans.filter((other) => other.text !== text && other.y === y && other.start < end)).toEqual([]);
  });

  test('holds a thousand findings, and opens only those in the way', () => {
    const findings = Array.from({ length: 1_000 }, (_, index) =>
      finding({ id: `f${index}`, criterion: index === 0 ? 'completion' : 'base_ci' }),
    );
    const html = render({ findings });
    expect(html.match(/class="sign bad"/g)).toHaveLength(1_000);
    expect(html.match(/<details open/g)).toHaveLength(1);
  });

  test('has text with enough contrast, light, dark and printed', () => {
    const palettes = [...PAGE_STYLE.matchAll(/:root \{(.*?)\}/gs)].map(([, rules = '']) => rgbOf(rules));
    const ratios = palettes.flatMap((colors) =>
      ['ink', 'soft', 'accent', 'good', 'bad', 'doubt'].flatMap((text) =>
        ['ground', 'panel'].map((ground) => contrast(colors.get(text) ?? '', colors.get(ground) ?? '')),
      ),
    );
    expect(ratios).toHaveLength(36);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
  });
});

function rgbOf(rules: string): ReadonlyMap<string, string> {
  return new Map(
    [...rules.matchAll(/--([a-z]+): #([0-9a-f]+)/g)].map(([, name = '', hex = '']) => {
      const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
      const parts = [0, 2, 4].map((from) => Number.parseInt(full.slice(from, from + 2), 16));
      return [name, `rgb(${parts.join(', ')})`];
    }),
  );
}
