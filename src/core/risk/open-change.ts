import type { Instant } from '../task/facts.ts';
import type { TouchedFile } from './touched-file.ts';

/** An open pull request, or a local ref that stands for one, as far as the queue asks. */
export interface OpenChange {
  /** As in the pairs: `#12`, or the name of a local ref. */
  readonly name: string;
  /** Of the pull request; null for a local ref, which nothing can merge on GitHub. */
  readonly number: number | null;
  /** Of the pull request; null where nobody knows. */
  readonly url: string | null;
  readonly headSha: string;
  /** When it became ready for review, or was opened. */
  readonly enteredAt: Instant;
  readonly updatedAt: Instant;
  readonly isDraft: boolean;
  /** A bot that only updates dependencies; other bots count like anyone. */
  readonly isDependencyBot: boolean;
  /** The higher goes first; 0 where nobody gave one. */
  readonly priority: number;
  /** In words, what keeps it from merging: an unsatisfied gate, a conflict with the base. Empty where nothing does. */
  readonly heldBy: readonly string[];
  /** In words, what is to be done or seen right before it merges, though it is its turn. */
  readonly before: readonly string[];
  /** Paths that conflict with the base and are made anew rather than merged, which makes its head another. */
  readonly anew: readonly string[];
  /** Open changes that have to be merged first by native dependencies. */
  readonly after: readonly string[];
  /** Null where its files could not be read. */
  readonly files: readonly TouchedFile[] | null;
}
