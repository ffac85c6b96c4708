export interface AccessProbe {
  /** What was tried: `issues`, `sub-issues`, `checks` … */
  readonly feature: string;
  readonly ok: boolean;
  /** What was found, or why not. */
  readonly detail: string;
  /** What would make it work, as GitHub names it; null when nothing lacks. */
  readonly permission: string | null;
  /** What Parasol can do with it. */
  readonly unlocks: string;
}
