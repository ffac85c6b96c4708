import { neutralizeInline } from '../markdown.ts';
import { SUGGESTION_MARKER } from './render-suggestion.ts';
import type { UngivenReview } from './ungiven-reviews.ts';

type Waiting = Pick<UngivenReview, 'why' | 'isReviewable'>;

/** What is told of a review for which nobody is to be asked now, in words for everybody, and what helps. */
export const waitingWords = ({ why, isReviewable }: Waiting): string =>
  isReviewable
    ? `No reviewer yet: ${neutralizeInline(why, 300)}. It waits, and somebody is found as soon as they can take it.`
    : `No reviewer was found: ${neutralizeInline(why, 300)}. Ask somebody by hand, or name in CODEOWNERS or in \`.github/parasol.yml\` who could.`;

/** The comment that says so: it takes the place of the one that names whom to ask, and names nobody. */
export const renderWaiting = (waiting: Waiting): string => [SUGGESTION_MARKER, '', waitingWords(waiting)].join('\n');
