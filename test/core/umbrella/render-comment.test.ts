import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { type Gap, known, unknown } from '../../../src/core/reading.ts';
import { buildRollup, type RollupOptions } from '../../../src/core/umbrella/build-rollup.ts';
import { renderRollupComment, renderWholeRollup } from '../../../src/core/umbrella/render-comment.ts';
import type { WorkSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import {
  blockerFacts,
  closedBy,
  NOW,
  pullRequestFacts,
  ref,
  shaOf,
  snapshot,
  taskFacts,
  umbrellaOf,
} from '../build-facts.ts';
import { randomWork } from '../random-work.ts';
import { GREEN, HARBOR_CONFIG, harborSnapshot } from './harbor.ts';

const render = (facts: WorkSnapshot, options: Partial<RollupOptions> = {}): string =>
  renderRollupComment(
    buildRollup(facts, ref(1), { config: DEFAULT_CONFIG, now: NOW, audience: 'umbrella_readers', ...options }),
  );

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const golden = (name: string): string => `../../../fixtures/golden/${name}.golden.md`;

const HOSTILE =
  '@everyone closes #1 <script>alert(1)</script> | `x` ```\n# [a](http://e.x) ![i](http://e.x/i.png) o/r#2';

describe('the rollup comment', () => {
  it('of an umbrella with work in every state', async () => {
    await expect(render(harborSnapshot(), { config: HARBOR_CONFIG })).toMatchFileSnapshot(golden('rollup-harbor'));
  });

  it('of an umbrella that can go', async () => {
    const children = [10, 11].map((number) => taskFacts({ number, closedAt: NOW, ...closedBy(number + 30) }));
    const pulls = [40, 41].map((number) => pullRequestFacts({ number, mergedAt: NOW, checks: known(GREEN) }));
    const body = render(snapshot([umbrellaOf(children), ...children], pulls));
    await expect(body).toMatchFileSnapshot(golden('rollup-go'));
  });

  it('of an umbrella without children', async () => {
    await expect(render(snapshot([umbrellaOf([])]))).toMatchFileSnapshot(golden('rollup-empty'));
  });

  it('of an umbrella that could not be read in full', async () => {
    const gap: Gap = {
      cause: 'forbidden',
      what: 'pull requests of octo/harbor',
      permission: 'pull_requests: read',
    };
    const child = taskFacts({ number: 10, title: 'Read ship manifests', closingPullRequests: unknown(gap) });
    const facts = snapshot([umbrellaOf([child], { childrenTotal: 3 }), child], [], { gaps: [gap] });
    await expect(render(facts)).toMatchFileSnapshot(golden('rollup-unread'));
  });

  it('of an umbrella with hostile texts', async () => {
    const child = taskFacts({
      number: 10,
      title: HOSTILE,
      labels: ['lane:@octo/db closes #3'],
      blockers: known([blockerFacts(9, { title: HOSTILE })]),
      ...closedBy(41),
    });
    const pull = pullRequestFacts({ headRefName: HOSTILE, title: HOSTILE, isDraft: true });
    const facts = snapshot([umbrellaOf([child], { title: HOSTILE }), child], [pull]);
    await expect(render(facts)).toMatchFileSnapshot(golden('rollup-hostile'));
  });

  it('links the pull requests, commits and blockers that a state and a link rest on', () => {
    const commits = known([{ sha: shaOf(7), message: 'Fixes #11', committedAt: NOW }]);
    const children = [
      taskFacts({ number: 10, ...closedBy(40) }),
      taskFacts({ number: 11, blockers: known([blockerFacts(9)]) }),
      taskFacts({ number: 12, ...closedBy(42, 43) }),
    ];
    const pulls = [
      pullRequestFacts({ number: 40, mergedAt: NOW }),
      pullRequestFacts({ number: 41, isDraft: true, commits }),
      pullRequestFacts({ number: 42 }),
      pullRequestFacts({ number: 43 }),
    ];
    const message = `This reverts commit ${shaOf(40)}`;
    const baseCommits = new Map([['octo/harbor', [{ sha: shaOf(50), message, committedAt: NOW }]]]);
    const body = render(snapshot([umbrellaOf(children), ...children], pulls, { baseCommits })).replaceAll('\u200b', '');
    const evidence = body.split('\n').filter((line) => line.includes('linked: '));
    const [at, link] = [
      'https://github.com/octo/harbor',
      (n: number) => `[#${n}](https://github.com/octo/harbor/pull/${n})`,
    ];
    expect(evidence).toEqual([
      `- [#10](${at}/issues/10) ↩️ reverted by [commit 0000032](${at}/commit/${shaOf(50)}): ${message} · linked: ${link(40)} by closing reference “closes #10” (GitHub)`,
      `- [#11](${at}/issues/11) ⛔ blocked by [#9](${at}/issues/9) · linked: ${link(41)} by closing keyword “Fixes #11” ([commit 0000007](${at}/pull/41/commits/${shaOf(7)})) · waits for: [#9](${at}/issues/9) Blocker 9`,
      `- [#12](${at}/issues/12) 👀 ${link(42)}, ${link(43)} are open and ready for review · linked: ${link(42)} by closing reference “closes #12” (GitHub); ${link(43)} by closing reference “closes #12” (GitHub)`,
    ]);
  });

  it('of an umbrella that is too large shows whole rows and how many more there are', () => {
    const title = `Long ${'𓀀|'.repeat(60)}`;
    const children = Array.from({ length: 300 }, (_, i) => taskFacts({ number: 10 + i, title, labels: ['lane:api'] }));
    const body = render(snapshot([umbrellaOf(children), ...children]));
    const rows = body.split('\n').filter((line) => line.startsWith('| ['));
    const more = /^\| … (\d+) more \|/m.exec(body);
    expect(rows.length + Number(more?.[1])).toBe(300);
    expect(rows.every((row) => row.endsWith(' |'))).toBe(true);
    expect(body).toContain('- … 293 more in the table');
    expect(bytes(body)).toBeLessThan(60_000);
  });
});

const literals = (node: Nodes): readonly Nodes[] => [
  node,
  ...('children' in node ? node.children.flatMap(literals) : []),
];

describe('laws of the comment', () => {
  const manyLanes = (count: number) => {
    const title = '𓀀'.repeat(256);
    const children = Array.from({ length: count }, (_, i) =>
      taskFacts({ number: 10 + i, title, labels: [`lane:${i}${'&'.repeat(40)}`] }),
    );
    return snapshot([umbrellaOf(children, { title }), ...children]);
  };

  it.each([10, 100, 400])('stays under 60,000 bytes with %d lanes', (count) => {
    expect(bytes(render(manyLanes(count)))).toBeLessThan(60_000);
  });

  it('leaves nothing out where it is written to a file, which nobody edits in place', () => {
    const options = { config: DEFAULT_CONFIG, now: NOW, audience: 'umbrella_readers' } as const;
    const text = renderWholeRollup(buildRollup(manyLanes(100), ref(1), options));
    expect(bytes(text)).toBeGreaterThan(60_000);
    expect(text.match(/^<summary>Lane /gm)).toHaveLength(100);
    expect(text).not.toMatch(/… \d+ more(?! in the table)|edited in place/);
  });

  it('stays under 60,000 bytes for any work', () => {
    fc.assert(
      fc.property(randomWork({ maxChildren: 60 }), fc.integer({ min: 1, max: 40 }), (work, times) => {
        const children = work.children.map((child) => ({ ...child, title: child.title.repeat(times) }));
        const body = render(snapshot([work.umbrella, ...children], work.pullRequests));
        expect(bytes(body)).toBeLessThan(60_000);
      }),
      { numRuns: 40 },
    );
  });

  it('holds no ping, no reference, no foreign HTML and no link but to items and nothing else, for any work', () => {
    fc.assert(
      fc.property(randomWork(), ({ umbrella, children, pullRequests }) => {
        const body = render(snapshot([umbrella, ...children], pullRequests));
        const nodes = literals(fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
        const text = nodes.flatMap((node) => (node.type === 'text' ? [node.value] : [])).join('\n');
        const links = nodes.flatMap((node) => (node.type === 'link' ? [node.url] : []));
        const html = nodes.flatMap((node) => (node.type === 'html' ? node.value.split('\n') : []));
        expect(text).not.toMatch(/@[a-z0-9]|#\d|GH-\d/i);
        expect(links.every((url) => /^https:\/\/github\.com\/octo\/harbor\/(issues|pull)\/\d+$/.test(url))).toBe(true);
        expect(
          html.every((line) =>
            /^(<!-- parasol:rollup v1 -->|<\/?details>|<summary>.*<\/summary>|<\/?sub>|<br>)$/.test(line),
          ),
        ).toBe(true);
        expect(nodes.some((node) => node.type === 'image' || node.type === 'code' || node.type === 'inlineCode')).toBe(
          false,
        );
      }),
      { numRuns: 60 },
    );
  });
});
