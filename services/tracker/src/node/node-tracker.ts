import type { Front } from '@provisie/process';
import type { Hono } from 'hono';
import { createTracker } from '../app.ts';
import { createTouchAnswers } from '../touch-answers.ts';
import type { TrackerOptions } from '../tracker-options.ts';
import { trackerFront } from './front.ts';

/** The tracker as a server on Node has it: one that can be reached in two ways (ADR 0032). */
export interface NodeTracker {
  readonly app: Hono;
  /** Answers what the app would, for less. */
  readonly front: Front;
}

export function createNodeTracker(options: TrackerOptions): NodeTracker {
  const answers = createTouchAnswers(options);
  return { app: createTracker(options, answers), front: trackerFront(answers, options) };
}
