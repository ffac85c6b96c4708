import { expect, test } from 'vitest';
import { renderSuggestion, suggestedIn } from '../../../src/core/reviewers/render-suggestion.ts';
import { renderWaiting } from '../../../src/core/reviewers/render-waiting.ts';

test('who waits for room is told that somebody is found, and names nobody', () => {
  const body = renderWaiting({ why: 'nobody is available for it now', isReviewable: true });
  expect([body, suggestedIn(body)]).toEqual([
    [
      '<!-- parasol:reviewers v1 -->',
      '',
      'No reviewer yet: nobody is available for it now. It waits, and somebody is found as soon as they can take it.',
    ].join('\n'),
    [],
  ]);
});

test('what nobody can review says what to do, and pings no team', () => {
  const body = renderWaiting({ why: 'nobody is known to have what it asks for: @octo/tides', isReviewable: false });
  expect(body).toContain('Ask somebody by hand, or name in CODEOWNERS or in `.github/parasol.yml` who could.');
  expect(body).toContain('octo/tides');
  expect(body).not.toContain('@octo');
  expect(body.split('\n')[0]).toBe(renderSuggestion([], { canReroll: false }).split('\n')[0]);
});
