import { expect, onTestFinished, test } from 'vitest';
import { answerMergeGroup } from '../../src/operations/answer-merge-group.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { requestMergeGroup } from '../../src/sandbox/actions/request-merge-group.ts';
import { addApp, addInstallation, addInstallationToken } from '../../src/sandbox/create-world.ts';
import { harborWorld, item, REPOSITORY, reach } from './harbor-world.ts';

const CONFIG = 'version: 1\nrisk: { mode: enforce }\nreadiness: { mode: enforce }\n';
const permissions = { checks: 'write', contents: 'read', pull_requests: 'read' } as const;

test('a group that ends between two checks gets no second one', async () => {
  const { world, repository } = harborWorld({ files: { '.github/parasol.yml': CONFIG } });
  const pull = openPullRequest(world, 'kim', { repository: REPOSITORY, title: 'Mend the lamps', branch: 'lamps' });
  const { headSha, baseSha } = requestMergeGroup(world, 'kim', { item: item(pull.number) });
  const { id } = addInstallation(world, {
    appId: addApp(world, { slug: 'parasol', permissions, events: [] }).id,
    account: 'octo',
    permissions,
  });
  addInstallationToken(world, { token: 'the-apps-token', installationId: id });
  const { sandbox, context } = await reach(world, 'the-apps-token');
  onTestFinished(() => sandbox.close());
  const end = new AbortController();
  world.listeners.add(({ name }) => name === 'check_run' && end.abort());
  const group = { repository: { owner: 'octo', repo: 'harbor' }, headSha, baseSha, base: 'main', pull: pull.number };
  const outcomes = await answerMergeGroup({ ...context, stop: end.signal }, group);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done']);
  expect(repository.commits.get(headSha)?.checkRuns.map(({ name }) => name)).toEqual(['parasol/risk']);
});
