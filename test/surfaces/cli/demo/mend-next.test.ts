import { expect, test } from 'vitest';
import type { Finding } from '../../../../src/core/readiness/report-schema.ts';
import { loadWorld } from '../../../../src/sandbox/load-world.ts';
import { castReadiness } from '../../../../src/surfaces/cli/demo/cast-readiness.ts';
import { mendNext } from '../../../../src/surfaces/cli/demo/mend-next.ts';

const harbor = () => loadWorld('fixtures/worlds/harbor.yml');

const finding = (kind: string, number: number, actor = 'lena'): Finding => ({
  ...{ id: `${kind}-${number}`, criterion: 'completion', kind, effect: 'fails', lane: null, since: null },
  ...{ age_seconds: null, excused_seconds: 0, unblocks: [], evidence: [], waived_by: null, why: 'it is so' },
  item: { ref: `tidewater/harbor-pilot#${number}`, kind: 'pull_request', title: 'Work', url: 'https://x' },
  actor: { name: actor, kind: 'person' },
  action: { text: 'do it', command: null, url: null },
});

test('the story is about the open milestone that is due next, if there is one', async () => {
  const world = await harbor();
  const pilot = world.repositories.get('tidewater/harbor-pilot');
  expect(castReadiness(world)).toEqual({
    repository: pilot,
    repositoryKey: 'tidewater/harbor-pilot',
    milestone: 'Pilot 1.0',
    people: ['kim', 'lena', 'ravi', 'noor', 'tomas'],
  });
  for (const milestone of pilot?.milestones.values() ?? []) milestone.state = 'closed';
  expect(castReadiness(world)).toMatchObject({ repositoryKey: 'tidewater/harbor', milestone: 'Harbor 3.1' });
  expect(castReadiness(await loadWorld('fixtures/worlds/tiny.yml'))).toBeNull();
});

test('of several findings the one is mended first that later ones are tested by; others are left', async () => {
  const world = await harbor();
  const cast = castReadiness(world);
  if (cast === null) throw new Error('no milestone');
  const next = (...findings: readonly Finding[]) => {
    const step = mendNext(world, cast, findings);
    return step && { name: step.name, findingId: step.findingId, said: step.said() };
  };
  expect(next(finding('silent_revert', 13), finding('skipped_check', 13))).toEqual({
    name: 'skipped-check',
    findingId: 'skipped_check-13',
    said: 'kim runs CI on main again, and test and sea-trial pass',
  });
  expect(next(finding('open_task', 6), finding('silent_revert', 99))).toBeNull();
});

test('nobody approves who may not, nor what cannot be merged', async () => {
  const world = await harbor();
  const cast = castReadiness(world);
  if (cast === null) throw new Error('no milestone');
  const nameOf = (actor: string) => mendNext(world, cast, [finding('stale_approval', 17, actor)])?.name ?? null;
  expect([nameOf('lena'), nameOf('yuki')]).toEqual(['stale-approval', null]);
  const pull = cast.repository.pullRequests.get(17);
  if (pull !== undefined) pull.mergeable = 'conflicting';
  expect(nameOf('lena')).toBeNull();
});
