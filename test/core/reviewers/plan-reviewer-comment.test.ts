import { expect, test } from 'vitest';
import { planReviewerComment } from '../../../src/core/reviewers/plan-reviewer-comment.ts';
import { SUGGESTION_MARKER as marker } from '../../../src/core/reviewers/render-suggestion.ts';
import { ref } from '../build-facts.ts';

const on = ref(1);
const comment = (id: number, body: string) => ({ id, nodeId: `C${id}`, url: `https://github.example/c/${id}`, body });

test.each([
  ['made where there is none', 'new', [], [{ kind: 'create_comment', on, marker, body: 'new' }]],
  ['left where it says so', 'new', [comment(1, 'new')], []],
  [
    'edited in place, its copies deleted',
    'new',
    [comment(1, 'old'), comment(2, 'new')],
    [
      { kind: 'update_comment', on, commentId: 1, marker, body: 'new' },
      { kind: 'delete_comment', on, commentId: 2 },
    ],
  ],
  [
    'deleted where nothing is to be said',
    null,
    [comment(1, 'old'), comment(2, 'old')],
    [
      { kind: 'delete_comment', on, commentId: 1 },
      { kind: 'delete_comment', on, commentId: 2 },
    ],
  ],
])('the comment is %s', (_, body, comments, changes) => {
  expect(planReviewerComment(on, { body, comments })).toEqual(changes);
});
