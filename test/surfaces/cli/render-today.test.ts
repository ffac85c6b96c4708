import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { TodayLine } from '../../../src/core/readiness/today/today-line.ts';
import { renderToday } from '../../../src/surfaces/cli/render-today.ts';

const line = (number: number, text: string, title = 'Recompute the berths of a ship that is late'): TodayLine =>
  ({
    ...{ kind: 'conflict' as const, ref: `octo/harbor#${number}`, title, url: 'https://github.example/x', since: null },
    ...{ age_seconds: 172_800, why: 'it conflicts with octo/harbor#41 in src/berth.ts (verified)' },
    actor: { name: 'ravi', kind: 'person' } as const,
    action: { text, command: null, url: null },
  }) as const;
const LINES = Array.from({ length: 15 }, (_, n) =>
  n % 2 === 0
    ? line(
        100 + n,
        `merge octo/harbor#${100 + n}`,
        '港湾の停泊計画を潮汐に合わせて再計算する機能を追加し船長に通知する',
      )
    : line(100 + n, 'agree with the author of octo/harbor#41 who merges first'),
);
const render = (lines: typeof LINES, width: number) =>
  renderToday(
    { ...{ repository: 'octo/harbor', now: '2026-05-10T12:00:00Z', lines, more: 0, hidden: 0 }, gaps: [], remarks: [] },
    { colors: pc.createColors(false), width },
  );

describe('the morning list at a terminal', () => {
  test.each([72, 80, 100, 120])('has one line for each of 15 things in %d columns', (width) => {
    const [list = ''] = render(LINES, width).split('\n\n');
    expect(list.split('\n')).toHaveLength(15);
    expect(list.split('\n').filter((one) => stringWidth(one) > width)).toEqual([]);
  });

  test('cuts no name of what is to be done, however narrow it is', () => {
    const text = render(LINES, 40).replace(/\s+/g, ' ');
    expect(text).toContain('ravi: agree with the author of #41 who merges first');
    expect(text).toContain('ravi: merge #114');
  });

  test('names the pull request of which the action names only the other', () => {
    expect(render(LINES.slice(1, 2), 90)).toMatch(
      /^ravi: agree with the author of #41 who merges first · #101 Recompute the berths/,
    );
    expect(render(LINES.slice(1, 2), Number.POSITIVE_INFINITY)).toContain(
      '#101 Recompute the berths of a ship that is late',
    );
    expect(render(LINES.slice(0, 1), 90)).toMatch(/^ravi: merge #100 · 港湾/);
  });

  test('says where the rest stands once something is left out', () => {
    expect(render(LINES, 80)).toMatch(/\n\nwhy and since when: --markdown, or more columns$/);
    expect(render(LINES, Number.POSITIVE_INFINITY)).not.toContain('--markdown');
    expect(render([], 40)).toBe('Nothing needs anybody.');
  });
});
