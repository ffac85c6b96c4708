import type { ReadinessReport } from '../../../core/readiness/report-schema.ts';
import { connectWithToken } from '../../../github/connect-with-token.ts';
import { readinessReport } from '../../../operations/readiness-report.ts';
import { issueInstallationToken } from '../../../sandbox/access/issue-token.ts';
import { setInstallationPermissions } from '../../../sandbox/actions/installations.ts';
import type { Sandbox } from '../../../sandbox/start-sandbox.ts';
import type { InstallationRecord, World } from '../../../sandbox/world.ts';
import { cacheFolder } from '../cache-folder.ts';
import { worldClones } from '../world-clones.ts';
import type { ReadinessCast } from './cast-readiness.ts';

/** Asks whether the milestone of the story is ready, with what the App's installation may read. */
export interface ReadinessDesk {
  readonly cast: ReadinessCast;
  /** As `parasol readiness report` says it; with an earlier report, what changed since. */
  report(previous: ReadinessReport | null): Promise<ReadinessReport>;
  /** An administrator's doing: from then on the installation lacks it. */
  withdraw(permission: string, by: string): void;
  close(): Promise<void>;
}

interface DeskOptions {
  readonly world: World;
  readonly sandbox: Sandbox;
  readonly cast: ReadinessCast;
  readonly installation: InstallationRecord;
}

export function openReadinessDesk({ world, sandbox, cast, installation }: DeskOptions): ReadinessDesk {
  const { owner, name: repo } = cast.repository;
  const { token } = issueInstallationToken(world, { installation, now: new Date() });
  const { apiUrl, graphqlUrl, url } = sandbox;
  const github = connectWithToken({ token, apiUrl, graphqlUrl, pace: 'sandbox' });
  const clones = worldClones(url, token);
  const context = {
    ...{ github, now: () => world.now(), isTimeGiven: true, defaultRepository: { owner, repo } },
    machine: { cacheFolder: cacheFolder(process.env), fetchClone: clones.fetch },
  };
  return {
    cast,
    report: (previous) => {
      const earlier = previous === null ? {} : { previous: JSON.stringify(previous) };
      return readinessReport.run(context, { scope: `milestone:${cast.milestone}`, audience: 'viewer', ...earlier });
    },
    withdraw: (permission, by) => {
      const { [permission]: _, ...permissions } = installation.permissions;
      setInstallationPermissions(world, by, { installation: installation.id, permissions });
    },
    close: () => clones.close(),
  };
}
