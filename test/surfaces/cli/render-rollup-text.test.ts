import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { progressOf } from '../../../src/core/umbrella/progress.ts';
import type { Rollup } from '../../../src/core/umbrella/rollup.ts';
import { renderRollupText } from '../../../src/surfaces/cli/render-rollup-text.ts';
import { child, pullRequest, sampleRollup } from './sample-rollup.ts';

const VIEW = { colors: pc.createColors(false), width: 140 };
const LONG_UMBRELLA = { ...sampleRollup().umbrella, title: 'The tides service, as the captains of the harbor need it' };
const render = (replaced: Partial<Rollup> = {}): string => renderRollupText(sampleRollup(replaced), VIEW);

describe('renderRollupText', () => {
  test('shows headline, verdict, attention, a table per lane, what is hidden and what could not be read', () => {
    expect(render()).toBe(
      [
        'Tides service  P1.M1  octo/harbor#1',
        '██████░░░░░░░░░░░░░░░░░░  25 %, 1 of 4 complete (1 done, 1 implemented, 1 blocked, 1 unblocked)',
        '',
        'Integration: no go',
        '  x 3 tasks are not complete',
        '  x Evidence of #3 is missing',
        '  not judged: gates',
        '',
        'Needs attention',
        '  #3  waits for a review for 2 days: review #9 (ravi)',
        '',
        'Lane api  1/2',
        'Task  Title            State           Pull request  Checks   Review           Missing   Next',
        '#2    Draw the schema  done',
        '#3    Serve the tides  implemented 2d  #9            success  requested: ravi  Evidence  review #9 (ravi)',
        '',
        'No lane  0/2',
        'Task  Title              State       Blocked by  Next',
        '#4    Tell the captains  blocked 1h  #3          finish #3 (kim)',
        '                                     1 private',
        '',
        '1 private task',
        '',
        'not read: checks of octo/harbor#9 (forbidden; it needs checks: read)',
        'note: #4 has two lanes; the first by name counts',
      ].join('\n'),
    );
  });

  test('names what pull requests conflict with, and how that is known', () => {
    const conflict = (number: number, basis: 'verified' | 'estimated') => ({
      with: { owner: 'octo', repo: 'harbor', number },
      basis,
    });
    const conflicts = [...[9, 10, 11, 12].map((one) => conflict(one, 'verified')), conflict(13, 'estimated')];
    const children = [child(5, { pullRequests: [pullRequest(7), pullRequest(8, { conflicts })] }), child(6)];
    const lines = render({ lanes: [], children }).split('\n');
    expect(lines.find((line) => line.includes('Conflicts with'))).toBeDefined();
    expect(lines.find((line) => line.includes('#8'))).toContain('#9, #10, #11 +1 (verified); likely #13 (estimated)');
    expect(render({ lanes: [], children: [child(6)] })).not.toContain('Conflicts with');
  });

  test('calls the only group "Children" where there are no lanes', () => {
    expect(render({ lanes: [] })).toContain('\nChildren\n');
  });

  test('says what is unknown, and never as good', () => {
    const text = render({
      lanes: [],
      children: [
        child(5, {
          state: { state: 'unknown', since: null, reason: 'its pull requests could not be read' },
          pullRequests: [pullRequest(8, { checks: 'unknown', review: 'unknown', waitingFor: [] })],
        }),
      ],
      integration: {
        verdict: 'unknown',
        reasons: [{ criterion: 'coverage', effect: 'unknown', ref: null, text: 'checks could not be read' }],
        notJudged: [],
      },
    });
    expect(text).toContain('Integration: unknown\n  ? checks could not be read');
    expect(text).toMatch(/#5 +Task 5 +unknown +#8 +unknown +unknown/);
  });

  test('shows the subtree of a nested umbrella and tells drafts and merged pull requests from open ones', () => {
    const { progress } = sampleRollup();
    const text = render({
      lanes: [],
      wholeTree: progress,
      children: [
        child(6, {
          nested: { progress, integration: 'no_go' },
          pullRequests: [
            pullRequest(10, { state: 'draft' }),
            pullRequest(11, { state: 'merged' }),
            pullRequest(12, { state: 'closed' }),
          ],
        }),
      ],
    });
    expect(text).toContain('Whole tree: 25 %, 1 of 4 complete');
    expect(text).toContain('Task 6 [1/4]');
    expect(text).toContain('#10 draft');
    expect(text).toContain('#11 merged');
    expect(text).not.toContain('#12');
  });

  test('tells who still owes a review from who asked for changes', () => {
    const waiting = pullRequest(8, { review: 'changes_requested', waitingFor: ['noor'] });
    expect(render({ lanes: [], children: [child(5, { pullRequests: [waiting] })] })).toContain(
      'changes requested; waiting for noor',
    );
  });

  test('counts the dropped children of a lane beside the whole', () => {
    const lanes = [{ name: 'api', progress: progressOf(['done', 'blocked', 'dropped']) }];
    expect(render({ lanes })).toContain('\nLane api  1/2 · 1 dropped\n');
  });

  test.each([60, 100, 200])('stays within %d columns', (width) => {
    const text = renderRollupText(sampleRollup({ umbrella: LONG_UMBRELLA }), { ...VIEW, width });
    expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    if (width === 200) expect(text).toContain(`${LONG_UMBRELLA.title}  P1.M1  octo/harbor#1`);
  });

  test('tells each child as a small block where a table does not fit', () => {
    expect(renderRollupText(sampleRollup(), { ...VIEW, width: 60 })).toContain(
      [
        'Lane api  1/2',
        '#2  Draw the schema',
        '    State done',
        '#3  Serve the tides',
        '    State implemented 2d · Pull request #9 · Checks success',
        '      Review requested: ravi · Missing Evidence',
        '      Next review #9 (ravi)',
      ].join('\n'),
    );
  });

  test('lets no title drive the terminal', () => {
    const umbrella = { ...sampleRollup().umbrella, title: 'Tides\u001b[2J\nservice' };
    expect(render({ umbrella }).split('\n')[0]).toBe('Tides [2J service  P1.M1  octo/harbor#1');
  });

  test('colours states and verdict only where colours are on', () => {
    const colored = renderRollupText(sampleRollup(), { colors: pc.createColors(true), width: 140 });
    expect(colored).toContain('\u001b[31mno go\u001b[39m');
    expect(render()).not.toContain('\u001b');
  });
});
