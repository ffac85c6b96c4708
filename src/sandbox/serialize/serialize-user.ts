import { nodeIdOf } from '../node-id.ts';
import type { World } from '../world.ts';
import { urlsOf } from './urls.ts';

/** An account as REST shows it inside other objects; a login that no longer exists becomes GitHub's `ghost`. */
export function serializeUser(world: World, login: string, baseUrl: string) {
  const account = world.accounts.get(login.toLowerCase()) ?? GHOST;
  const { html, api } = urlsOf(baseUrl);
  const url = `${api}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${html}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${html}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** An organization as webhooks show it, or null when the login belongs to a person. */
export function serializeOrganization(world: World, login: string, baseUrl: string) {
  const account = world.accounts.get(login.toLowerCase());
  if (account?.type !== 'Organization') return null;
  const { html, api } = urlsOf(baseUrl);
  const url = `${api}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${html}/avatars/${account.id}`,
    description: null,
  };
}

const GHOST = { login: 'ghost', id: 10137, nodeId: nodeIdOf('User', 10137), type: 'User' } as const;
