/** What the sandbox sends back, before rate-limit headers and entity tags are added. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; null means no body at all. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const DOCUMENTATION = 'https://docs.github.com/rest';

/** 200 with a body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** 201 with what was made. */
export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** 204: done, nothing to show. */
export function noContent(): Answer {
  return { status: 204, body: null };
}

/** A refusal in GitHub's shape: message, documentation link and the status as text. */
export function refusal(status: number, message: string, errors?: readonly unknown[]): Answer {
  return {
    status,
    body: {
      message,
      ...(errors && errors.length > 0 ? { errors } : {}),
      documentation_url: DOCUMENTATION,
      status: String(status),
    },
  };
}

/** For what was transferred: clients that follow redirects arrive at the new address. */
export function movedTo(address: string): Answer {
  const body = { message: 'Moved Permanently', url: address, documentation_url: DOCUMENTATION };
  return { status: 301, body, headers: { location: address } };
}

/** 404 in GitHub's words, which never say whether the thing is missing or hidden. */
export function notFound(): Answer {
  return refusal(404, 'Not Found');
}
