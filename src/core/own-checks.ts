/** On the head of release branches and of merge groups: whether what is there is ready. */
export const READINESS_CHECK = 'parasol/readiness';

/**
 * Whether a check run of that name is Parasol's own word, which says nothing of whether anything was tested: the App's, the
 * Action's `parasol/COMMAND`, and jobs that do nothing but make a report, where a workflow calls them `parasol/…`.
 */
export const isOwnCheckName = (name: string): boolean => /^parasol\/[\w-]+$/.test(name);
