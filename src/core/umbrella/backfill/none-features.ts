/** What speaks for no umbrella at all, each from 0 to 1. The last is known only after a first answer. */
export const NONE_FEATURES = [
  'always',
  /** It is itself marked or called an umbrella. */
  'umbrella',
  /** It may itself be one. */
  'maybe',
  /** It blocks a task or is blocked. */
  'linked',
  /** How many umbrellas come into question, on a logarithmic scale up to 100. */
  'crowd',
  /** Nobody marks or calls anything an umbrella in this history. */
  'unmarked',
  /** How probable it is that the tasks linked to it have no umbrella. */
  'kin',
] as const;

export type NoneFeature = (typeof NONE_FEATURES)[number];
