import { expect, test } from 'vitest';
import { renderSuggestion, SUGGESTION_MARKER, suggestedIn } from '../../../src/core/reviewers/render-suggestion.ts';

const TWO = [
  { login: 'Kim', familiarity: 0.374 },
  { login: 'noor-2', familiarity: 0 },
];
const body = renderSuggestion(TWO, { canReroll: true });

test('a suggestion names people without telling them, and says what they know', () => {
  expect(body).toBe(
    [
      '<!-- parasol:reviewers v1 -->',
      '<!-- kim noor-2 -->',
      'Suggested reviewers: **Kim**, who knows where 37 % of the changed lines are, **noor-2**. Nobody was asked.',
      '',
      '<sub>`/parasol reroll` names somebody else.</sub>',
    ].join('\n'),
  );
  expect(body).not.toContain('@');
});

test('it speaks of no reroll where none would be remembered', () => {
  expect(renderSuggestion(TWO, { canReroll: false })).toBe(body.slice(0, body.indexOf('\n\n')));
});

test('whom it names can be read again, also after GitHub changed its line ends', () => {
  expect(suggestedIn(body)).toEqual(['kim', 'noor-2']);
  expect(suggestedIn(body.replaceAll('\n', '\r\n'))).toEqual(['kim', 'noor-2']);
});

test.each(['kim', `> ${body}`, body.replace('reviewers v1', 'rollup v1'), `${SUGGESTION_MARKER}\n<!-- kim --><b>`])(
  'any other text names nobody',
  (text) => {
    expect(suggestedIn(text)).toEqual([]);
  },
);
