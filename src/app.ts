import type { ApplicationFunction } from 'probot';
import type { EventPipeline } from './surfaces/app/event-pipeline.ts';
import { HANDLED_EVENTS } from './surfaces/app/route-event.ts';

/** The Probot app: hands every event it knows to the pipeline and is done, so that no webhook ever waits for GitHub. */
export function createApp(pipeline: Pick<EventPipeline, 'receive'>): ApplicationFunction {
  return (app) => {
    app.onAny(({ id, name, payload }) => {
      if (HANDLED_EVENTS.includes(name)) pipeline.receive({ id, name, payload });
    });
  };
}
