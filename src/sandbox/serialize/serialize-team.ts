import type { RepositoryRecord } from '../world.ts';
import { urlsOf } from './urls.ts';

/** A team, known by its slug; its id comes from its place among the repository's teams. */
export function serializeTeam(repository: RepositoryRecord, slug: string, baseUrl: string) {
  const { html, api } = urlsOf(baseUrl);
  const id = repository.id * 100 + [...repository.teams.keys()].indexOf(slug);
  const url = `${api}/organizations/${repository.owner}/team/${id}`;
  return {
    name: slug,
    id,
    node_id: `T_${id}`,
    slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    url,
    html_url: `${html}/orgs/${repository.owner}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    permission: 'push',
    type: 'organization',
    organization_id: repository.id,
    parent: null,
  };
}
