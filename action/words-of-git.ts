/**
 * What git says of a repository's clone, for readers of whom each word with a slash may name a repository that they must not
 * see: the address becomes the name, and paths of the runner, proxies and protocols (`HTTP/2`) go.
 */
export function wordsOfGit(message: string, name: string): string {
  return message.replace(/[^\s'"()]*\/[^\s'"()]*/g, (word) => (isAddressOf(word, name) ? name : '…'));
}

const isAddressOf = (word: string, name: string): boolean =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(word) &&
  word.toLowerCase().replace(/:?$/, '').replace(/\/$/, '').endsWith(`/${name.toLowerCase()}.git`);
