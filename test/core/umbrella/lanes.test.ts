import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { lanesOf, rollUpLanes } from '../../../src/core/umbrella/lanes.ts';
import { taskFacts } from '../build-facts.ts';

const lanes = (labels: readonly string[], text = ''): readonly string[] =>
  lanesOf(taskFacts({ labels }), parseConfig({ text, ownerText: null }).config);

describe('lanesOf', () => {
  it('reads the name from the label, sorted, once', () => {
    expect(lanes(['bug', 'lane:docs', 'Lane:api', 'lane:'])).toEqual(['api', 'docs']);
    expect(lanes(['stream/api/v2 (live)', 'lane:x'], 'tasks: { lane_label: "stream/* (live)" }')).toEqual(['api/v2']);
  });

  it('takes a configured lane by its labels, under its configured name', () => {
    const config = 'lanes: { api: { labels: [backend, "lane:server"] }, docs: { labels: [text] } }';
    expect(lanes(['Backend', 'lane:server', 'text'], config)).toEqual(['api', 'docs']);
  });
});

describe('rollUpLanes', () => {
  it('counts by name, tasks without a lane last', () => {
    const rolled = rollUpLanes([
      { lane: null, state: 'done' },
      { lane: 'docs', state: 'done' },
      { lane: 'api', state: 'blocked' },
      { lane: 'api', state: 'done' },
    ]);
    expect(rolled.map(({ name, progress }) => [name, progress.total, progress.percentComplete])).toEqual([
      ['api', 2, 50],
      ['docs', 1, 100],
      [null, 1, 100],
    ]);
  });

  it('is empty when nothing has a lane', () => {
    expect(rollUpLanes([{ lane: null, state: 'done' }])).toEqual([]);
  });
});
