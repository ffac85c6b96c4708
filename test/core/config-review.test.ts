import { describe, expect, it } from 'vitest';
import {
  CONFIG_REVIEW_MARKER,
  type ConfigReviewFacts,
  needsAuthorsRole,
  planConfigReview,
} from '../../src/core/config-review.ts';

const on = { owner: 'octo', repo: 'harbor', number: 7 };
const FACTS: ConfigReviewFacts = {
  pullRequest: on,
  url: 'https://github.com/octo/harbor/pull/7',
  isOpen: true,
  isChanged: true,
  headText: 'version: 1\ntusks: {}\n',
  hasBaseFile: true,
  wish: 'wanted',
  authorMayWrite: 'unasked',
  ownComment: null,
};

const BROKEN = `${CONFIG_REVIEW_MARKER}
### \`.github/parasol.yml\` is not valid

What is wrong with it in [this pull request](https://github.com/octo/harbor/pull/7/files):

| Line | Text | Reason | Fix |
| ---: | --- | --- | --- |
| 2 | <code>tusks: {}</code> | &#96;tusks&#96; is not a known key (tusks) | Did you mean &#96;tasks&#96;? |

Merged like this it stops nothing: the last valid version that the default branch had stays in force, and without one
the defaults hold and nothing is written. This comment changes with the file.
`;
const VALID_NOW = `${CONFIG_REVIEW_MARKER}
### \`.github/parasol.yml\` is valid now

The problems that stood here are gone.
`;
const AS_IT_WAS = `${CONFIG_REVIEW_MARKER}
### \`.github/parasol.yml\` is as it was

This pull request no longer brings one of its own.
`;

const plan = (facts: Partial<ConfigReviewFacts>) => planConfigReview({ ...FACTS, ...facts });
const standing = (body: string) => ({ ownComment: { id: 5, body } });
const NEW = { hasBaseFile: false, wish: 'unconfigured' } as const;

describe('a pull request that breaks the configuration', () => {
  const created = [{ kind: 'create_comment', on, marker: CONFIG_REVIEW_MARKER, body: BROKEN }];
  const rows: readonly [title: string, facts: Partial<ConfigReviewFacts>, changes: readonly unknown[]][] = [
    ['gets one comment', {}, created],
    ['gets one where only the base branch has a file', { wish: 'unconfigured' }, created],
    ['gets one where only the owner has a default', { hasBaseFile: false }, created],
    ['gets one for the first file of somebody who may write', { ...NEW, authorMayWrite: true }, created],
    ['gets none for the first file of a stranger', { ...NEW, authorMayWrite: false }, []],
    ['gets none where comments are turned off', { wish: 'unwanted' }, []],
    ['gets one where it fails to mend a broken file', { wish: 'unreadable', authorMayWrite: true }, created],
    ['gets none where a stranger fails to mend one', { wish: 'unreadable', authorMayWrite: false }, []],
    ['gets none where nobody can tell what is wanted', { wish: 'unreadable', hasBaseFile: false }, []],
    ['gets none when it is closed', { isOpen: false }, []],
    ['gets none when it only lags behind its base', { isChanged: false }, []],
    ['gets none when it removes the file', { headText: null }, []],
    ['gets none when nothing is wrong', { headText: 'version: 1\n' }, []],
    ['gets no second one', standing(BROKEN), []],
    ['has its comment edited when something else is wrong now', standing('old'), [edited(BROKEN)]],
    [
      'has its comment edited even where nobody can tell what is wanted',
      { ...standing('old'), wish: 'unreadable' },
      [edited(BROKEN)],
    ],
    ['keeps what stands there when comments are turned off', { ...standing('old'), wish: 'unwanted' }, []],
    ['is told when the file is valid', { ...standing(BROKEN), headText: 'version: 1\n' }, [edited(VALID_NOW)]],
    ['is told once', { ...standing(VALID_NOW), headText: 'version: 1\n' }, []],
    ['is told when it changes the file no more', { ...standing(BROKEN), isChanged: false }, [edited(AS_IT_WAS)]],
    ['is told when it removes the file', { ...standing(BROKEN), headText: null }, [edited(AS_IT_WAS)]],
  ];
  it.each(rows)('%s', (_title, facts, changes) => {
    expect(plan(facts)).toEqual(changes);
  });

  it('has copies of its comment deleted', () => {
    const ownComment = { id: 5, body: BROKEN, copies: [6] };
    expect(plan({ ownComment })).toEqual([{ kind: 'delete_comment', on, commentId: 6 }]);
  });

  it('quotes the file so that it pings nobody and leaves its cell nowhere', () => {
    const [change] = plan({ headText: 'a</code>|@kim: "#1 <b>*x*</b> https://evil.example"\r\n' });
    const row =
      change?.kind === 'create_comment' ? change.body.split('\n').find((line) => line.startsWith('| 1 ')) : '';
    expect(row).toContain(
      '<code>a&#60;/code&#62;&#124;@\u200bkim: "#\u200b1 &#60;b&#62;\\*x\\*&#60;/b&#62; https:\u200b//evil.example"</code>',
    );
    expect(row?.split(/(?<!\\)\|/)).toHaveLength(6);
  });
});

function edited(body: string) {
  return { kind: 'update_comment', on, commentId: 5, marker: CONFIG_REVIEW_MARKER, body };
}

it('asks for the role of the author only where it decides', () => {
  const asks = (facts: Partial<ConfigReviewFacts>) => needsAuthorsRole({ ...FACTS, ...NEW, ...facts });
  expect([asks({}), asks({ hasBaseFile: true, wish: 'unreadable' })]).toEqual([true, true]);
  const others: readonly Partial<ConfigReviewFacts>[] = [
    { isOpen: false },
    { hasBaseFile: true },
    { wish: 'wanted' },
    { wish: 'unreadable' },
    { headText: 'version: 1\n' },
    standing(BROKEN),
  ];
  expect(others.map(asks)).toEqual(others.map(() => false));
});
