import { WorldRefusal } from '../actions/world-refusal.ts';
import { addMilestone } from '../create-world.ts';
import { type Answer, created, notFound, ok } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeMilestone } from '../serialize/serialize-milestone.ts';
import { optionalChoice, optionalText, requireText } from './body-fields.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';

const READING = reading('issues', 'pull_requests');

export const MILESTONE_ROUTES = repositoryRoutes(
  ['GET', '/milestones', 'issues/list-milestones', READING, listMilestones],
  ['POST', '/milestones', 'issues/create-milestone', writing('write', 'issues', 'pull_requests'), createMilestone],
  ['GET', '/milestones/:milestone_number', 'issues/get-milestone', READING, getMilestone],
);

function listMilestones({ world, repository, query, url, baseUrl }: RepositoryCall): Answer {
  const state = query.get('state') ?? 'open';
  const milestones = [...repository.milestones.values()].filter((one) => state === 'all' || one.state === state);
  return pageOf(milestones, url, (one) => serializeMilestone(world, repository, one, baseUrl));
}

function createMilestone({ world, repository, body, baseUrl }: RepositoryCall): Answer {
  const title = requireText(body, 'title');
  const dueOn = optionalText(body, 'due_on') ?? null;
  const state = optionalChoice(body, 'state', ['open', 'closed']) ?? 'open';
  if ([...repository.milestones.values()].some((one) => one.title === title)) {
    throw new WorldRefusal(422, 'Validation Failed', [
      { resource: 'Milestone', field: 'title', code: 'already_exists' },
    ]);
  }
  return created(
    serializeMilestone(world, repository, addMilestone(world, repository, { title, dueOn, state }), baseUrl),
  );
}

function getMilestone({ world, repository, parameters, baseUrl }: RepositoryCall): Answer {
  const milestone = repository.milestones.get(Number(parameters.milestone_number));
  return milestone === undefined ? notFound() : ok(serializeMilestone(world, repository, milestone, baseUrl));
}
