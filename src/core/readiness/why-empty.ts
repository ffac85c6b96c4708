import type { ReadinessFacts } from './readiness-facts.ts';

/** Of a scope that holds nothing, what nothing is: most often a word of it is misspelt, and this says which. */
export function whyEmpty({ scope, tasks }: Pick<ReadinessFacts, 'scope' | 'tasks'>): string {
  if (tasks.size > 0) return 'everything in the scope was dropped';
  const value = scope.selector.slice(scope.selector.indexOf(':') + 1);
  switch (scope.kind) {
    case 'label':
      return `no task carries the label ${value}`;
    case 'phase':
      return `no task has the phase ${value}`;
    case 'milestone':
      return `no task is in the milestone ${value}`;
    case 'umbrella':
      return 'the umbrella has no tasks';
    case 'query':
      return `no task is found by ${value}`;
    // Their titles go on: `merged since v3.0`, `merged into release/3.1`.
    case 'since':
    case 'branch':
      return `nothing was ${scope.title}`;
  }
}
