/** One state of a configuration file in its history on the default branch. */
export interface ConfigVersion {
  readonly text: string;
  readonly commit: {
    readonly sha: string;
    /** UTC, ISO-8601. */
    readonly committedAt: string;
    /** Empty in a clone of nobody knows what. */
    readonly url: string;
  };
}

/** The versions that hold in place of broken files; null where the file is not broken, or none was found. */
export interface LastValidConfigs {
  readonly repository: ConfigVersion | null;
  readonly owner: ConfigVersion | null;
}

/** `abc1234 of 2026-11-22`. */
export const nameOfVersion = ({ commit }: Pick<ConfigVersion, 'commit'>): string =>
  `${commit.sha.slice(0, 7)} of ${commit.committedAt.slice(0, 10)}`;
