import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { isFailureCode, UserError } from '../../core/failure.ts';
import type { CatalogEntry } from '../../operations/catalog.ts';
import { type Caller, callerToHeaders } from './caller.ts';
import { OPERATIONS_PATH } from './operations-api.ts';

const failureSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }),
});

/** Has another process, which holds the store, run an operation; its failures are thrown as if they had happened here. */
export async function askOperationsServer(
  { url, secret }: { readonly url: string; readonly secret: string },
  { name, input, caller }: { readonly name: CatalogEntry['name']; readonly input: unknown; readonly caller: Caller },
): Promise<unknown> {
  const headers = { ...callerToHeaders(caller), authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  try {
    const { status, text: said } = await post(`${url}${OPERATIONS_PATH}/${name}`, headers, JSON.stringify(input));
    const answer: unknown = JSON.parse(said);
    if (status === 200) return answer;
    const { error } = failureSchema.parse(answer);
    throw new UserError(isFailureCode(error.code) ? error.code : 'internal', error.message, error.hint);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const message = `The Parasol that holds the store does not answer at ${url}.`;
    throw new UserError('store_unavailable', message, 'Look whether it still runs, then try again.', { cause });
  }
}

/** Not with `fetch`, which gives up after five minutes: a plan may take hours at GitHub's pace. */
function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers }, (response) => {
      text(response).then((read) => resolve({ status: response.statusCode, text: read }), reject);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}
