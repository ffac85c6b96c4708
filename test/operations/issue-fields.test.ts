import { afterEach, beforeEach, expect, test } from 'vitest';
import { refreshRollup } from '../../src/operations/refresh-rollup.ts';
import { umbrellaRollup } from '../../src/operations/umbrella-rollup.ts';
import { umbrellaShow } from '../../src/operations/umbrella-show.ts';
import { setIssueField } from '../../src/sandbox/actions/set-issue-field.ts';
import { addIssueField } from '../../src/sandbox/issue-fields.ts';
import type { World } from '../../src/sandbox/world.ts';
import { harborWorld, item, type Reached, reach } from './harbor-world.ts';

const CONFIG = 'version: 1\ntasks: { artifacts: [{ field: Evidence, from: done, is: url }] }\n';
const UMBRELLA = { owner: 'octo', repo: 'harbor', number: 1 };
const LINK = 'https://ci.example/runs/7';

let world: World;
let reached: Reached;

beforeEach(async () => {
  world = harborWorld({ files: { '.github/parasol.yml': CONFIG } }).world;
  reached = await reach(world);
});

afterEach(() => reached.sandbox.close());

/** What each way to a rollup says of the one child that is done. */
async function everyWay() {
  const { context } = reached;
  const shown = await umbrellaShow.run(context, { ref: '#1' });
  const { body } = await umbrellaRollup.run(context, { ref: '#1' });
  const refreshed = await refreshRollup(context, UMBRELLA, { dryRun: true });
  return {
    show: shown.children[0]?.artifacts,
    comment: /fields: (Evidence [^\n]*)/.exec(body)?.[1],
    isSameComment: refreshed.body === body,
    reasons: shown.integration.reasons.flatMap(({ text }) => (text.includes('Evidence') ? [text] : [])),
  };
}

test('a field that stands in none of the texts is taken from the issue field, on every way to a rollup', async () => {
  addIssueField(world, { owner: 'octo', name: 'evidence', visibility: 'all' });
  setIssueField(world, 'kim', { item: item(2), field: 'evidence', value: LINK });
  expect(await everyWay()).toEqual({
    show: [{ field: 'Evidence', state: 'present', value: LINK, place: 'issue field' }],
    comment: 'Evidence present (issue field)',
    isSameComment: true,
    reasons: [],
  });
});

test('an issue field with a wrong value does not do', async () => {
  addIssueField(world, { owner: 'octo', name: 'Evidence', type: 'single_select', options: ['shown'] });
  setIssueField(world, 'kim', { item: item(2), field: 'Evidence', value: 'shown' });
  expect(await everyWay()).toEqual({
    show: [{ field: 'Evidence', state: 'invalid', value: 'shown', place: 'issue field' }],
    comment: 'Evidence invalid (issue field)',
    isSameComment: true,
    reasons: ['octo/harbor#2 has no valid Evidence'],
  });
});

test('a field that is nowhere is missing', async () => {
  expect(await everyWay()).toEqual({
    show: [{ field: 'Evidence', state: 'missing', value: null, place: null }],
    comment: 'Evidence missing',
    isSameComment: true,
    reasons: ['octo/harbor#2 has no valid Evidence'],
  });
});
