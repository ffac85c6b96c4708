import { findRepository } from '../find-record.ts';
import { serializeRepository } from '../serialize/serialize-repository.ts';
import { serializeOrganization, serializeUser } from '../serialize/serialize-user.ts';
import { buildCheckFields } from './build-check-fields.ts';
import { buildGroupFields } from './build-group-fields.ts';
import { buildInstallationFields } from './build-installation-fields.ts';
import { buildItemFields } from './build-item-fields.ts';
import { buildLinkFields } from './build-link-fields.ts';
import { buildPushFields, serializePushedRepository } from './build-push-fields.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';

/** The body of a delivery as GitHub writes it, for one installation; the records are read as they are now. */
export function buildPayload(context: PayloadContext): JsonObject {
  const { world, event, installation, baseUrl } = context;
  const action = event.action === null ? {} : { action: event.action };
  if (event.name === 'installation' || event.name === 'installation_repositories') {
    return { ...action, ...buildInstallationFields(context), sender: serializeUser(world, event.sender, baseUrl) };
  }
  const nodeId = Buffer.from(`023:IntegrationInstallation${installation.id}`).toString('base64');
  return {
    ...action,
    ...subjectFields(context),
    ...surroundings(context),
    sender: serializeUser(world, event.sender, baseUrl),
    installation: { id: installation.id, node_id: nodeId },
  };
}

function subjectFields(context: PayloadContext): JsonObject {
  switch (context.event.name) {
    case 'sub_issues':
    case 'issue_dependencies':
      return buildLinkFields(context);
    case 'check_run':
    case 'check_suite':
    case 'status':
      return buildCheckFields(context);
    case 'push':
      return buildPushFields(context);
    case 'merge_group':
      return buildGroupFields(context);
    default:
      return buildItemFields(context);
  }
}

function surroundings({ world, event, baseUrl }: PayloadContext): JsonObject {
  const repository = findRepository(world, event.repository);
  if (repository === null) return {};
  const organization = serializeOrganization(world, repository.owner, baseUrl);
  const shown =
    event.name === 'push'
      ? serializePushedRepository(world, repository, baseUrl)
      : serializeRepository(world, repository, baseUrl);
  return {
    repository: { ...shown, custom_properties: {} },
    ...(organization === null ? {} : { organization }),
  };
}
