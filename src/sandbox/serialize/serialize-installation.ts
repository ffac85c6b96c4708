import type { AppRecord, InstallationRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { urlsOf } from './urls.ts';

/** An installation of an App as `GET /app/installations` shows it. */
export function serializeInstallation(world: World, installation: InstallationRecord, app: AppRecord, baseUrl: string) {
  const { html, api } = urlsOf(baseUrl);
  const account = world.accounts.get(installation.account.toLowerCase());
  const isOrganization = account?.type === 'Organization';
  const settings = isOrganization ? `organizations/${installation.account}/settings` : 'settings';
  return {
    id: installation.id,
    account: serializeUser(world, installation.account, baseUrl),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `${html}/${settings}/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    client_id: `Iv1.${String(app.id).padStart(16, '0')}`,
    target_id: account?.id ?? 0,
    target_type: isOrganization ? 'Organization' : 'User',
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
