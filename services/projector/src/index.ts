/** The projector as a process of its own. */
export { readProjectorConfig, type ProjectorConfig } from './projector-config.ts';
export type { ProjectorState } from './projector-state.ts';
export { runProjector } from './run-projector.ts';
export type { ProjectorLog, ProjectorPorts, RunningProjector } from './run-projector.ts';
