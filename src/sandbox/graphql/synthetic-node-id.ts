/** A node id for what the world has no record of (a rollup, a suite, a tree): stable, and opaque like the others. */
export function syntheticNodeId(type: string, key: string): string {
  return `${type}_${Buffer.from(key).toString('base64url')}`;
}
