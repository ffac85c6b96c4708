import { createPrivateKey } from 'node:crypto';
import { UserError } from '../../core/failure.ts';

interface AppSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
}

const SHORTEST_SECRET = 16;

/**
 * Refuses to start on settings that cannot work or are not safe. Above all an empty webhook secret, which Probot would
 * silently replace by the word "development": anyone could then send events in GitHub's name.
 */
export function checkAppSettings({ appId, privateKey, webhookSecret, baseUrl }: AppSettings): void {
  if (webhookSecret.trim().length < SHORTEST_SECRET) {
    const what = webhookSecret.trim() === '' ? 'empty' : `shorter than ${SHORTEST_SECRET} characters`;
    throw new UserError(
      'usage',
      `The webhook secret is ${what}: anyone could send events in GitHub's name.`,
      "Make one with `openssl rand -hex 32`, and set it both as WEBHOOK_SECRET here and in the App's settings on GitHub.",
    );
  }
  if (!Number.isInteger(appId) || appId <= 0) {
    throw new UserError(
      'usage',
      'The App id is not a number.',
      "Set APP_ID to the number at the top of the App's settings page.",
    );
  }
  if (!isPrivateKey(privateKey)) {
    throw new UserError(
      'usage',
      'The private key of the App is missing or is no PEM key.',
      "Generate one on the App's settings page and set PRIVATE_KEY to the whole text of the file.",
    );
  }
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new UserError(
      'usage',
      `"${baseUrl}" is not an address of a GitHub API.`,
      'Set GITHUB_API_URL to https://api.github.com or to https://HOST/api/v3.',
    );
  }
}

function isPrivateKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
