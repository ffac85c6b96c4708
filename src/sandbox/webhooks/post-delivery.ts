import { sign } from '@octokit/webhooks-methods';

export interface SignedPost {
  readonly url: string;
  readonly secret: string;
  readonly guid: string;
  readonly event: string;
  readonly appId: number;
  /** The exact bytes that are signed and sent. */
  readonly body: string;
  readonly signal: AbortSignal;
}

/** GitHub gives a hook ten seconds to answer. */
const TIMEOUT_MS = 10_000;

/** Posts a delivery as GitHub does; answers the status, or 0 when nobody answered in time. */
export async function postDelivery(post: SignedPost): Promise<number> {
  const signature = post.secret === '' ? {} : { 'x-hub-signature-256': await sign(post.secret, post.body) };
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      body: post.body,
      signal: AbortSignal.any([post.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/parasol',
        'x-github-event': post.event,
        'x-github-delivery': post.guid,
        'x-github-hook-id': String(post.appId),
        'x-github-hook-installation-target-id': String(post.appId),
        'x-github-hook-installation-target-type': 'integration',
        ...signature,
      },
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
