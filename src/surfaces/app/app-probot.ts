import { Probot, ProbotOctokit } from 'probot';
import { retryOptions } from '../../github/retry-options.ts';
import { throttleOptions } from '../../github/throttle-options.ts';

interface ProbotSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
  readonly pace: 'github' | 'sandbox';
  /** Patience with one request; GitHub itself gives up after 10 s. Default: 30 s. */
  readonly requestTimeoutMs?: number;
}

const REQUEST_TIMEOUT_MS = 30_000;

type ProbotOctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

/** Probot as it comes, with Parasol's pacing. Its own log is off: it would print whole payloads. */
export function createAppProbot(settings: ProbotSettings): Probot {
  const { appId, privateKey, webhookSecret, baseUrl, pace, requestTimeoutMs = REQUEST_TIMEOUT_MS } = settings;
  const request = { fetch: fetchWithin(requestTimeoutMs) };
  const throttle = throttleOptions({ pace });
  // Only the function form reaches the throttling plugin: Probot's own defaults are applied after an object.
  const Octokit = ProbotOctokit.defaults((options: ProbotOctokitOptions) => ({
    ...options,
    auth: withDefaults(options.auth, { baseUrl, request }),
    request: { ...options.request, ...request },
    userAgent: 'parasol',
    throttle: { ...options.throttle, ...throttle },
    retry: retryOptions(pace),
  }));
  return new Probot({ appId, privateKey, secret: webhookSecret, baseUrl, Octokit, logLevel: 'fatal' });
}

/** A request that hangs must not hold its place in a queue for good. */
function fetchWithin(timeoutMs: number): typeof fetch {
  return (input, init) => fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) });
}

interface SignInDefaults {
  readonly baseUrl: string;
  readonly request: { readonly fetch: typeof fetch };
}

/** Probot signs in at github.com when it is asked for a new token outside of a request; this sends it to its own GitHub. */
function withDefaults(auth: ProbotOctokitOptions['auth'], defaults: SignInDefaults): ProbotOctokitOptions['auth'] {
  return auth?.request?.defaults === undefined ? auth : { ...auth, request: auth.request.defaults(defaults) };
}
