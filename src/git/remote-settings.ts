import { UserError } from '../core/failure.ts';

/** What a machine may have to say about its way to the network. */
const NETWORK = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR'] as const;

/**
 * The environment in which git speaks with a remote: only https (http on this machine alone), to this one address, with
 * the token as a header. So it is in no argument, no file and no message. Throws `usage` for any other address.
 */
export function settingsForRemote(url: string, token: string | null): Readonly<Record<string, string>> {
  const protocol = protocolOf(url);
  const settings: readonly (readonly [string, string])[] = [
    ['protocol.allow', 'never'],
    [`protocol.${protocol}.allow`, 'always'],
    // A redirect could lead the token elsewhere; GitHub tells of a renamed repository by an event.
    ['http.followRedirects', 'false'],
    // Bytes a second, seconds: a connection that only hangs ends.
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
    ['core.hooksPath', '/dev/null'],
    ['credential.helper', ''],
    ['transfer.fsckObjects', 'false'],
    ['fetch.unpackLimit', '1'],
    ['gc.autoDetach', 'false'],
    ['maintenance.auto', 'false'],
    ...(token === null ? [] : [[`http.${url}.extraHeader`, `Authorization: Basic ${basic(token)}`] as const]),
  ];
  const network = NETWORK.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const pairs = settings.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key] as const,
    [`GIT_CONFIG_VALUE_${at}`, value] as const,
  ]);
  return Object.fromEntries([['GIT_CONFIG_COUNT', String(settings.length)], ...pairs, ...network]);
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

function protocolOf(url: string): 'https' | 'http' {
  const { protocol, hostname, username, password } = new URL(url);
  const isOpen = username === '' && password === '';
  if (protocol === 'https:' && isOpen) return 'https';
  if (protocol === 'http:' && isOpen && LOOPBACK.has(hostname)) return 'http';
  throw new UserError('usage', `${JSON.stringify(url)} is no address to clone from`, 'Clones are made over https.');
}

/** Source of the name: GitHub's documentation on authenticating as an App installation, "HTTP-based Git access". */
const basic = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');
