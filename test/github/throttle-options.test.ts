import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { throttleOptions } from '../../src/github/throttle-options.ts';

const ThrottledOctokit = Octokit.plugin(throttling);

interface Seen {
  readonly url: string;
  readonly atMs: number;
}

/** An Octokit that answers itself and notes when each request left. */
function octokitOf(
  options: { readonly pace: 'github' | 'sandbox'; readonly baseUrl?: string; readonly id?: string },
  seen: Seen[],
) {
  const answer = async (url: string): Promise<Response> => {
    seen.push({ url, atMs: performance.now() });
    return Response.json({ data: {} });
  };
  return new ThrottledOctokit({
    baseUrl: options.baseUrl ?? 'https://api.github.com',
    request: { fetch: answer },
    throttle: { ...throttleOptions({ pace: options.pace }), id: options.id ?? '7' },
  });
}

const gapsBetween = (seen: readonly Seen[]): number[] =>
  seen.slice(1).map(({ atMs }, n) => atMs - (seen[n]?.atMs ?? 0));

const edit = (octokit: InstanceType<typeof ThrottledOctokit>) =>
  octokit.rest.issues.updateComment({ owner: 'octo', repo: 'harbor', comment_id: 1, body: 'text' });

describe('at the pace of GitHub', () => {
  it.each(['https://api.github.com', 'https://ghe.example.com/api/v3'])(
    'GraphQL reads of %s do not wait for each other',
    async (baseUrl) => {
      const seen: Seen[] = [];
      const octokit = octokitOf({ pace: 'github', baseUrl }, seen);
      const start = performance.now();
      await Promise.all(Array.from({ length: 5 }, () => octokit.graphql('{ viewer { login } }')));
      expect(seen).toHaveLength(5);
      expect(performance.now() - start).toBeLessThan(900);
    },
  );

  it('writes start at least a second apart', async () => {
    const seen: Seen[] = [];
    const octokit = octokitOf({ pace: 'github' }, seen);
    await Promise.all([edit(octokit), edit(octokit)]);
    expect(Math.min(...gapsBetween(seen))).toBeGreaterThan(950);
  });

  it('one installation does not wait for another', async () => {
    const seen: Seen[] = [];
    const throttle = throttleOptions({ pace: 'github' });
    const answer = async (url: string) => {
      seen.push({ url, atMs: performance.now() });
      return Response.json({});
    };
    const octokits = ['7', '8', '9'].map(
      (id) => new ThrottledOctokit({ request: { fetch: answer }, throttle: { ...throttle, id } }),
    );
    await Promise.all(octokits.map(edit));
    expect(Math.max(...gapsBetween(seen))).toBeLessThan(900);
  });
});

it('at the pace of the sandbox writes do not wait', async () => {
  const seen: Seen[] = [];
  const octokit = octokitOf({ pace: 'sandbox' }, seen);
  await Promise.all([edit(octokit), edit(octokit), edit(octokit)]);
  expect(Math.max(...gapsBetween(seen))).toBeLessThan(900);
});

describe('at a limit', () => {
  const ask = { method: 'GET', url: '/repos/octo/harbor' };

  it.each([
    { retryAfter: 60, repeats: 0, waits: true },
    { retryAfter: 900, repeats: 2, waits: true },
    { retryAfter: 60, repeats: 3, waits: false },
    { retryAfter: 901, repeats: 0, waits: false },
  ])('$retryAfter s to wait after $repeats repeats: waits $waits', ({ retryAfter, repeats, waits }) => {
    const warnings: string[] = [];
    const octokit = { log: { warn: (text: string) => warnings.push(text) } };
    const { onSecondaryRateLimit } = throttleOptions({ pace: 'github' });
    const decided: unknown = Reflect.apply(onSecondaryRateLimit ?? (() => null), null, [
      retryAfter,
      ask,
      octokit,
      repeats,
    ]);
    expect({ decided, warnings }).toEqual({
      decided: waits,
      warnings: [
        `GitHub's rate limit reached by GET /repos/octo/harbor: ${waits ? `waiting ${retryAfter} s` : `giving up, ${retryAfter} s to wait`}`,
      ],
    });
  });
});
