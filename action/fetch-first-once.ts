/** A `fetch` that asks its first question once: whoever asks the same a second time gets the same answer. */
export function fetchFirstOnce(fetch: typeof globalThis.fetch, noteAsked: () => void): typeof globalThis.fetch {
  let first: { readonly question: string; readonly answer: Promise<Response> } | null | undefined;
  return async (input, init) => {
    const question = `${init?.method} ${input} ${init?.body}`;
    if (first === undefined) {
      first = { question, answer: fetch(input, init) };
      noteAsked();
      return (await first.answer).clone();
    }
    if (first?.question !== question) return fetch(input, init);
    const { answer } = first;
    first = null;
    return answer;
  };
}
