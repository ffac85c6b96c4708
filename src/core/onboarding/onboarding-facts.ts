/** What a repository already says about how it works, before Parasol is configured. */
export interface OnboardingFacts {
  readonly labels: readonly string[];
  readonly issueTypes: readonly string[];
  readonly titles: readonly string[];
  /** Issue forms: path and text. */
  readonly forms: readonly { readonly path: string; readonly text: string }[];
  readonly codeowners: { readonly path: string; readonly text: string } | null;
}

/** One line of the proposed file and why it is there. */
export interface ProposedLine {
  readonly yaml: string;
  readonly reason: string;
}
