import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** Adds the commands that run until they are stopped: everything in one process, its parts, the demo. */
export function addServingCommands(program: Command, { environment, config }: Surroundings): void {
  program
    .command('serve')
    .description('run the tracker, the projections and the API on one port')
    .action(async () => {
      const { serveCommand } = await import('./serve-command.ts');
      await serveCommand(config());
    });
  program
    .command('api')
    .description('run the API alone, beside trackers and a projector')
    .action(async () => {
      const { runApiProcess } = await import('@provisie/admin-api/process');
      await runApiProcess(environment);
    });
  program
    .command('projector')
    .description('run a projector: one leads, the others stand by')
    .action(async () => {
      const { runProjectorProcess } = await import('@provisie/projector/process');
      await runProjectorProcess(environment);
    });
  program
    .command('tracker')
    .description('run a tracker node with a spool of its own')
    .action(async () => {
      const { runTrackerNode } = await import('@provisie/tracker/node');
      await runTrackerNode(environment);
    });
  program
    .command('demo')
    .description('run a sample quarter through a real server and show who earned what')
    .action(async () => {
      const { demoCommand } = await import('../../demo/demo-command.ts');
      await demoCommand(config());
    });
}
