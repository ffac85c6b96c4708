const MENTION = /(?<![\w/@-])@([a-z\d](?:[a-z\d-]{0,38}))(?![\w/-])/gi;

/** Logins that a text names with an `@`, in order, as often as it does; teams (`@octo/db`) and addresses are none. */
export const mentionsIn = (text: string): readonly string[] =>
  [...text.matchAll(MENTION)].map(([, login = '']) => login);
