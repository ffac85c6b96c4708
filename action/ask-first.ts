import type { ClientRequest } from 'node:http';
import { type Environment, firstQuestionOf, inputOf, isToken, type Question } from './first-question.ts';

/** What GitHub said, before anything is there that could make a `Response` of it. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: [string, string][];
  readonly body: Buffer;
}

export interface FirstAnswer {
  readonly question: Question;
  /** Null where there is none to go by: then the question is asked again, by what knows how to tell of failures. */
  readonly answer: Promise<PlainAnswer | null>;
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** The way to GitHub may lead through a proxy, which Node's own requests do not know of. */
export const hasProxy = (env: Environment): boolean => PROXIES.some((name) => env[name]);

/**
 * Puts the command's first question on its way: GitHub answers it while the rest of the program is still read from disk,
 * and whoever asks it then gets that answer. Comes back when it was sent. Null, and nothing is asked, where there is no
 * token, a proxy, or no question that could be told so early.
 */
export async function askFirst(env: Environment): Promise<FirstAnswer | null> {
  const token = inputOf(env, 'github-token');
  const question = firstQuestionOf(env);
  if (!isToken(token) || question === null || hasProxy(env)) return null;
  const protocol = URL.canParse(question.url) ? new URL(question.url).protocol : null;
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  // Not `fetch`: Node reads a client of its own for that, which takes longer than all else here.
  const { request } = await (protocol === 'https:' ? import('node:https') : import('node:http'));
  const { method, url, body } = question;
  const asked = request(url, { method, headers: headersOf(token, body), timeout: TIMEOUT_MS });
  const answer = answerOf(asked);
  asked.end(body);
  await untilSent(asked);
  return { question, answer };
}

/** As long as any other request may take. */
const TIMEOUT_MS = 30_000;

const headersOf = (token: string, body: string | undefined) => ({
  accept: 'application/vnd.github.v3+json',
  authorization: `bearer ${token}`,
  'user-agent': 'parasol',
  ...(body === undefined
    ? {}
    : { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }),
});

function answerOf(asked: ClientRequest): Promise<PlainAnswer | null> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(null);
    asked.on('timeout', () => asked.destroy());
    asked.on('error', giveUp);
    asked.on('response', (response) => {
      const { statusCode: status = 0, rawHeaders } = response;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', giveUp);
      response.on('end', () => {
        // Redirections are followed by whoever asks again.
        const isAnswer = status === 200 || status >= 400;
        resolve(isAnswer ? { status, headers: pairsOf(rawHeaders), body: Buffer.concat(chunks) } : null);
      });
    });
  });
}

/** Names and values by turns, as they came. */
const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));

/** A connection takes about three round trips, of at most 100 ms across an ocean. */
const LONGEST_WAIT_MS = 300;

/** Reading the program keeps the event loop busy, which would hold up each step of a connection. */
function untilSent(asked: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_WAIT_MS);
    for (const event of ['finish', 'error'] as const) {
      asked.on(event, () => {
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
