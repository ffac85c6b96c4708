import { ACCOUNT_ROUTES } from './account-routes.ts';
import { APP_ROUTES } from './app-routes.ts';
import { ASSIGNEE_ROUTES } from './assignee-routes.ts';
import { CHECK_ROUTES } from './check-routes.ts';
import { COMMENT_ROUTES } from './comment-routes.ts';
import { COMMIT_ROUTES } from './commit-routes.ts';
import { CONTENTS_ROUTES } from './contents-routes.ts';
import { DELIVERY_ROUTES } from './delivery-routes.ts';
import { DEPENDENCY_ROUTES } from './dependency-routes.ts';
import { ISSUE_ROUTES } from './issue-routes.ts';
import { LABEL_ROUTES } from './label-routes.ts';
import { META_ROUTES } from './meta-routes.ts';
import { MILESTONE_ROUTES } from './milestone-routes.ts';
import { PULL_REQUEST_ROUTES } from './pull-request-routes.ts';
import { REACTION_ROUTES } from './reaction-routes.ts';
import { REFERENCE_ROUTES } from './reference-routes.ts';
import { RELEASE_ROUTES } from './release-routes.ts';
import { REPOSITORY_ROUTES } from './repository-routes.ts';
import { REVIEW_ROUTES } from './review-routes.ts';
import type { RestRoute } from './route.ts';
import { SEARCH_ROUTES } from './search-routes.ts';
import { SUB_ISSUE_ROUTES } from './sub-issue-routes.ts';
import { TIMELINE_ROUTES } from './timeline-routes.ts';
import { WORKFLOW_RUN_ROUTES } from './workflow-run-routes.ts';

/** Every REST operation that the sandbox models. Fixed paths come before the patterns that would swallow them. */
export const REST_ROUTES: readonly RestRoute[] = [
  ...META_ROUTES,
  ...APP_ROUTES,
  ...DELIVERY_ROUTES,
  ...ACCOUNT_ROUTES,
  ...SEARCH_ROUTES,
  ...REPOSITORY_ROUTES,
  ...COMMENT_ROUTES,
  ...REACTION_ROUTES,
  ...SUB_ISSUE_ROUTES,
  ...DEPENDENCY_ROUTES,
  ...TIMELINE_ROUTES,
  ...LABEL_ROUTES,
  ...MILESTONE_ROUTES,
  ...ASSIGNEE_ROUTES,
  ...ISSUE_ROUTES,
  ...REVIEW_ROUTES,
  ...PULL_REQUEST_ROUTES,
  ...CHECK_ROUTES,
  ...WORKFLOW_RUN_ROUTES,
  ...REFERENCE_ROUTES,
  ...RELEASE_ROUTES,
  ...COMMIT_ROUTES,
  ...CONTENTS_ROUTES,
];
