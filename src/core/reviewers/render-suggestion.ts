import { neutralizeInline } from '../markdown.ts';
import { buildMarker } from '../marker.ts';

/** What the comment starts with that names whom to ask. */
export const SUGGESTION_MARKER = buildMarker('reviewers', 1);

export interface SuggestedReviewer {
  readonly login: string;
  /** Share of the changed lines in folders that this person knows, 0 to 1. */
  readonly familiarity: number;
}

/**
 * The comment that names whom to ask: nobody is told of it, and it says nothing of anybody else. Its second line says the
 * names to whoever reads it again. `canReroll`: whether a reroll would be remembered, which takes a store.
 */
export function renderSuggestion(
  chosen: readonly SuggestedReviewer[],
  { canReroll }: { readonly canReroll: boolean },
): string {
  const names = chosen.map(({ login, familiarity }) => `**${neutralizeInline(login, 60)}**${knowing(familiarity)}`);
  return [
    SUGGESTION_MARKER,
    `<!-- ${chosen.map(({ login }) => login.toLowerCase()).join(' ')} -->`,
    `Suggested ${names.length === 1 ? 'reviewer' : 'reviewers'}: ${names.join(', ')}. Nobody was asked.`,
    ...(canReroll ? ['', '<sub>`/parasol reroll` names somebody else.</sub>'] : []),
  ].join('\n');
}

const knowing = (familiarity: number): string =>
  familiarity > 0 ? `, who knows where ${Math.max(1, Math.round(familiarity * 100))} % of the changed lines are` : '';

/** Logins in lower case that such a comment names; none for any other. */
export function suggestedIn(body: string): readonly string[] {
  const [marker, names = ''] = body.split(/\r?\n/);
  const [, logins = ''] = marker === SUGGESTION_MARKER ? (/^<!-- ([a-z0-9 [\]_-]+) -->$/.exec(names) ?? []) : [];
  return logins.split(' ').filter((login) => login !== '');
}
