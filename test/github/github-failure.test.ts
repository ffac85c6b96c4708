import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/failure.ts';
import { githubFailure, isTooLarge } from '../../src/github/github-failure.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly data?: unknown;
}

/** As `@octokit/request` throws it. */
function refused({ status, headers = {}, data = {} }: Answer): Error {
  const text = 'whatever the text says';
  return Object.assign(new Error(text), { name: 'HttpError', status, response: { status, headers, data } });
}

function unreached(cause: Error): Error {
  return Object.assign(new Error('fetch failed', { cause }), { name: 'HttpError', status: 500 });
}

/** As `@octokit/graphql` throws it. */
function graphqlError(errors: readonly object[], data: unknown = null): Error {
  return Object.assign(new Error('Request failed'), { name: 'GraphqlResponseError', errors, data, headers: {} });
}

function shown(error: unknown) {
  const failure = githubFailure(error, 'read octo/harbor#12');
  return failure instanceof UserError ? [failure.code, failure.message, failure.hint] : failure;
}

describe('what GitHub answers becomes a failure that a person understands', () => {
  it.each<[string, Error, readonly string[]]>([
    [
      '401',
      refused({ status: 401 }),
      [
        'unauthenticated',
        'GitHub did not accept the token (401) on the attempt to read octo/harbor#12.',
        'Set GITHUB_TOKEN to a token that is valid and not expired.',
      ],
    ],
    [
      '403 with the permission',
      refused({ status: 403, headers: { 'x-accepted-github-permissions': 'issues=write' } }),
      [
        'forbidden',
        'GitHub does not let this token read octo/harbor#12 (403).',
        'It needs the permission issues: write.',
      ],
    ],
    [
      '403 without',
      refused({ status: 403 }),
      [
        'forbidden',
        'GitHub does not let this token read octo/harbor#12 (403).',
        'Run `parasol doctor` to see what it may do.',
      ],
    ],
    [
      '403 at a primary limit',
      refused({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1772442000' } }),
      [
        'rate_limited',
        "GitHub's rate limit is used up; it stopped the attempt to read octo/harbor#12.",
        'Try again after 2026-03-02T09:00:00Z.',
      ],
    ],
    [
      '403 at a secondary limit',
      refused({ status: 403, headers: { 'retry-after': '42' } }),
      [
        'rate_limited',
        "GitHub's rate limit is used up; it stopped the attempt to read octo/harbor#12.",
        'Try again in 42 s.',
      ],
    ],
    [
      '429',
      refused({ status: 429 }),
      [
        'rate_limited',
        "GitHub's rate limit is used up; it stopped the attempt to read octo/harbor#12.",
        'Try again in a few minutes.',
      ],
    ],
    [
      '503',
      refused({ status: 503 }),
      [
        'github_unavailable',
        'GitHub answered 503 on the attempt to read octo/harbor#12.',
        'Try again; see https://www.githubstatus.com and GITHUB_API_URL.',
      ],
    ],
    [
      'a 422 with its reasons',
      refused({ status: 422, data: { errors: [{ resource: 'Issue', field: 'body', code: 'too_long' }, 'No'] } }),
      [
        'usage',
        'GitHub refused the attempt to read octo/harbor#12 (422): body too_long, No.',
        'Change what was asked for; see https://docs.github.com/rest for what GitHub accepts.',
      ],
    ],
    [
      'a refused connection',
      unreached(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })),
      [
        'github_unavailable',
        'GitHub could not be reached (ECONNREFUSED) on the attempt to read octo/harbor#12.',
        'Try again; see https://www.githubstatus.com and GITHUB_API_URL.',
      ],
    ],
    [
      'a time-out',
      unreached(new DOMException('slow', 'TimeoutError')),
      [
        'github_unavailable',
        'GitHub could not be reached (TimeoutError) on the attempt to read octo/harbor#12.',
        'Try again; see https://www.githubstatus.com and GITHUB_API_URL.',
      ],
    ],
    [
      'fields and types that an older server lacks',
      graphqlError(
        [
          { message: 'x', extensions: { code: 'undefinedField', typeName: 'Issue', fieldName: 'subIssues' } },
          { message: 'x', extensions: { code: 'undefinedField', typeName: 'Issue', fieldName: 'subIssues' } },
          { message: 'x', extensions: { code: 'undefinedType', typeName: 'BlockedByAddedEvent' } },
        ],
        undefined,
      ),
      [
        'github_unavailable',
        'This GitHub server does not have Issue.subIssues, BlockedByAddedEvent, which Parasol needs to read octo/harbor#12.',
        'Sub-issues and dependencies need github.com or a GitHub Enterprise Server newer than 3.18; `parasol doctor` shows what this one offers.',
      ],
    ],
    [
      'a query that an older server refuses without naming a field',
      graphqlError([{ message: 'x', extensions: { code: 'argumentLiteralsIncompatible' } }], undefined),
      [
        'github_unavailable',
        'This GitHub server does not understand what Parasol asks to read octo/harbor#12.',
        'Sub-issues and dependencies need github.com or a GitHub Enterprise Server newer than 3.18; `parasol doctor` shows what this one offers.',
      ],
    ],
    [
      'a classic token without a scope',
      graphqlError([{ type: 'INSUFFICIENT_SCOPES', message: 'x' }], undefined),
      [
        'forbidden',
        'GitHub does not let this token read octo/harbor#12: it lacks a scope.',
        'Give it the scopes repo and read:org; `parasol doctor` shows those that it has.',
      ],
    ],
  ])('%s', (_, error, expected) => {
    expect(shown(error)).toEqual(expected);
  });

  it.each([404, 410, 451])('%i may be hidden as well as missing', (status) => {
    expect(shown(refused({ status }))).toEqual([
      'not_found',
      'Not found on the attempt to read octo/harbor#12: it does not exist, or you may not see it.',
      'Check the spelling, and that the token has access to this repository.',
    ]);
  });

  it.each([
    ['NOT_FOUND', 'not_found'],
    ['FORBIDDEN', 'forbidden'],
    ['RATE_LIMITED', 'rate_limited'],
  ])('a GraphQL answer of %s and nothing else is %s', (type, code) => {
    expect(githubFailure(graphqlError([{ type, message: 'x' }]), 'x')).toMatchObject({ code });
  });

  it('a limit that the throttling plugin gave up on is rate_limited', () => {
    const error = Object.assign(new Error('GraphQL'), {
      data: { errors: [{ type: 'RATE_LIMITED' }] },
      response: { headers: {} },
    });
    expect(githubFailure(error, 'x')).toMatchObject({ code: 'rate_limited' });
  });

  it('keeps the cause', () => {
    const error = refused({ status: 401 });
    expect(githubFailure(error, 'x')).toMatchObject({ cause: error });
  });

  it.each([new UserError('usage', 'a', 'b'), new TypeError('a bug'), 'not an error'])('passes %s through', (thrown) => {
    expect(githubFailure(thrown, 'x')).toBe(thrown);
  });
});

describe('a smaller question helps', () => {
  const failure = (error: Error) => githubFailure(error, 'x');
  const untyped = [{ message: 'Something went wrong' }];

  it.each<[string, unknown]>([
    ['502', failure(refused({ status: 502 }))],
    ['504', failure(refused({ status: 504 }))],
    [
      "a 500 made by the retry plugin of GitHub's untyped error",
      failure(refused({ status: 500, data: { errors: untyped } })),
    ],
    ['an untyped error without data', failure(graphqlError(untyped))],
    ['too many resources', failure(graphqlError([{ type: 'RESOURCE_LIMITS_EXCEEDED' }]))],
    ['too many nodes', failure(graphqlError([{ type: 'MAX_NODE_LIMIT_EXCEEDED' }]))],
    ['our own patience at an end', failure(unreached(new DOMException('slow', 'TimeoutError')))],
  ])('with %s', (_, error) => {
    expect(isTooLarge(error)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['500', failure(refused({ status: 500 }))],
    ['503', failure(refused({ status: 503 }))],
    ['404', failure(refused({ status: 404 }))],
    ['a refused connection', failure(unreached(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })))],
    ['a field that is not there', failure(graphqlError([{ message: 'x', extensions: { code: 'undefinedField' } }]))],
    ['a bug', new TypeError('a bug')],
  ])('but not with %s', (_, error) => {
    expect(isTooLarge(error)).toBe(false);
  });
});
