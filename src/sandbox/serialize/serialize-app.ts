import type { AppRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { urlsOf } from './urls.ts';

/** A GitHub App as `GET /app` and `GET /apps/{slug}` show it. */
export function serializeApp(world: World, app: AppRecord, baseUrl: string) {
  const { html } = urlsOf(baseUrl);
  return {
    id: app.id,
    client_id: `Iv1.${String(app.id).padStart(16, '0')}`,
    slug: app.slug,
    node_id: `A_${app.id}`,
    owner: serializeUser(world, app.owner, baseUrl),
    name: app.name,
    description: null,
    external_url: `${html}/apps/${app.slug}`,
    html_url: `${html}/apps/${app.slug}`,
    created_at: APP_CREATED_AT,
    updated_at: APP_CREATED_AT,
    permissions: app.permissions,
    events: app.events,
  };
}

/** The app behind a slug; one that the world does not register (a CI service) is shown all the same. */
export function serializeAppOfSlug(world: World, slug: string, baseUrl: string) {
  const app = [...world.apps.values()].find((one) => one.slug === slug);
  return serializeApp(world, app ?? foreignApp(slug), baseUrl);
}

/** Apps are older than any story told in a world. */
const APP_CREATED_AT = '2020-01-01T00:00:00Z';

function foreignApp(slug: string): AppRecord {
  return {
    id: [...slug].reduce((sum, letter) => sum + letter.charCodeAt(0), 100_000),
    slug,
    name: slug,
    owner: slug,
    publicKey: '',
    privateKey: null,
    permissions: { checks: 'write', metadata: 'read' },
    events: [],
    webhookUrl: null,
    webhookSecret: '',
  };
}
