import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { resolveRef } from '../../src/github/resolve-ref.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { transferIssue } from '../../src/sandbox/actions/remove-issue.ts';
import { addRepository } from '../../src/sandbox/create-world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { addPull, connect, HARBOR, harbor, UMBRELLA, umbrellaWorld } from './umbrella-world.ts';

const defaultRepository = { owner: 'octo', repo: 'harbor' };

async function resolve(world: World, text: string, options = { defaultRepository }) {
  const { client } = await connect(world);
  return resolveRef(client, text, options);
}

describe('an issue is found by', () => {
  it.each(['#1', '1', 'octo/harbor#1', 'OCTO/Harbor#1', 'p1.m1'])('%s', async (text) => {
    const world = umbrellaWorld(1);
    world.repositories
      .get(HARBOR)
      ?.files.set('.github/parasol.yml', "version: 1\ntasks: { ids: ['P{phase}.M{milestone}'] }\n");
    expect({ ...(await resolve(world, text)) }).toMatchObject({ number: 1 });
  });

  it('an address on this GitHub, and on no other', async () => {
    const { client } = await connect(umbrellaWorld(1));
    const find = (host: string) => resolveRef(client, `http://${host}/octo/harbor/issues/1`, { defaultRepository });
    expect(await find(client.origin)).toMatchObject({ number: 1 });
    await expect(find('evil.example')).rejects.toMatchObject({
      code: 'usage',
      message: '"http://evil.example/octo/harbor/issues/1" does not name an issue.',
      hint: `It is an address of another host than ${client.origin}, which is the GitHub that is asked.`,
    });
  });

  it('a planned id, exactly and not as the beginning of another', async () => {
    expect(await resolve(umbrellaWorld(12), 'P1.M1.T1')).toEqual({ ...UMBRELLA, number: 2 });
  });
});

it('a transferred issue is followed to where it is', async () => {
  const world = umbrellaWorld(1);
  addRepository(world, { owner: 'octo', name: 'docs' });
  transferIssue(world, 'kim', { item: harbor(2), repository: 'octo/docs' });
  expect(await resolve(world, '#2')).toEqual({ owner: 'octo', repo: 'docs', number: 1 });
});

describe('no issue is found for', () => {
  it('a number that is not there', async () => {
    await expect(resolve(umbrellaWorld(1), '#99')).rejects.toMatchObject({
      code: 'not_found',
      message: 'Not found on the attempt to read octo/harbor#99: it does not exist, or you may not see it.',
    });
  });

  it('a pull request', async () => {
    const world = umbrellaWorld(1);
    addPull(world, { title: 'Gate', branch: 'gate' });
    await expect(resolve(world, '#3')).rejects.toMatchObject({
      code: 'not_found',
      message: 'octo/harbor#3 is a pull request, not a task.',
    });
  });

  it('a planned id that no title carries', async () => {
    await expect(resolve(umbrellaWorld(1), 'P9.M9.T9')).rejects.toMatchObject({
      code: 'not_found',
      message: 'No issue of octo/harbor has the planned id P9.M9.T9 in its title, or you may not see it.',
    });
  });
});

describe('the text is refused when it', () => {
  it('fits several issues, which are named', async () => {
    const world = umbrellaWorld(1);
    openIssue(world, 'kim', { repository: HARBOR, title: 'P1.M1.T1 once more' });
    await expect(resolve(world, 'P1.M1.T1')).rejects.toMatchObject({
      code: 'usage',
      message: 'P1.M1.T1 fits several issues: octo/harbor#2, octo/harbor#3.',
    });
  });

  it('names nothing', async () => {
    await expect(resolve(umbrellaWorld(1), 'the gates')).rejects.toMatchObject({
      code: 'usage',
      message: '"the gates" does not name an issue.',
    });
  });

  it('needs a repository and there is none', async () => {
    const { client } = await connect(umbrellaWorld(1));
    await expect(resolveRef(client, '#1', { defaultRepository: null })).rejects.toMatchObject({
      code: 'usage',
      hint: 'Name it as owner/repo#12, or say which repository with --repo.',
    });
  });
});

describe('over HTTP as GitHub speaks it', () => {
  afterEach(() => nock.cleanAll());

  it('a 301 leads to the transferred issue', async () => {
    nock('https://api.github.com')
      .get('/repos/octo/harbor/issues/2')
      .reply(301, {}, { location: 'https://api.github.com/repositories/77/issues/5' })
      .get('/repositories/77/issues/5')
      .reply(200, { number: 5, repository_url: 'https://api.github.com/repos/octo/docs' });
    const client = connectWithToken({ token: 'kims-token', pace: 'sandbox' });
    expect(await resolveRef(client, '#2', { defaultRepository })).toEqual({ owner: 'octo', repo: 'docs', number: 5 });
  });
});
