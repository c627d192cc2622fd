import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** Adds the commands that run until they are stopped: everything in one process, its parts, the demo. */
export function addServingCommands(program: Command, { environment, config }: Surroundings): void {
  program
    .command('serve')
    .description('run the tracker, the projections and the API on one port')
    .addHelpText(
      'after',
      settings([
        ['PORT, HOST', 'where it listens (default: 8080 on 127.0.0.1)'],
        ['PROVISIE_PUBLIC_URL', 'where browsers and shops reach it, such as https://go.example.nl'],
        ['PROVISIE_CLIENT_ADDRESS_HEADER', 'how the proxy in front tells the visitor’s address'],
        ['PROVISIE_PAYOUT_APPROVALS', '2: a second person approves every payout run'],
      ]),
    )
    .action(async () => {
      const { serveCommand } = await import('./serve-command.ts');
      await serveCommand(config());
    });
  program
    .command('api')
    .description('run the API alone, beside trackers and a projector')
    .addHelpText(
      'after',
      settings([
        ['PROVISIE_EVENT_STORE', 'the log: postgres://… or kurrentdb://…'],
        ['PROVISIE_READ_MODEL, PROVISIE_VAULT', 'the projections, and the keys'],
        ['PROVISIE_PUBLIC_URL', 'where the trackers are reached; must be given'],
      ]),
    )
    .action(async () => {
      const { runApiProcess } = await import('@provisie/admin-api/process');
      await runApiProcess(environment);
    });
  program
    .command('projector')
    .description('run a projector: one leads, the others stand by')
    .addHelpText(
      'after',
      settings([
        ['PROVISIE_EVENT_STORE', 'the log: sqlite:FILE, postgres://… or kurrentdb://…'],
        ['PROVISIE_READ_MODEL', 'the projections: sqlite:FOLDER or postgres://…'],
        ['PORT, HOST', 'of /readyz and /metrics (default: 9464 on 127.0.0.1)'],
      ]),
    )
    .action(async () => {
      const { runProjectorProcess } = await import('@provisie/projector/process');
      await runProjectorProcess(environment);
    });
  program
    .command('tracker')
    .description('run a tracker node with a spool of its own')
    .addHelpText(
      'after',
      settings([
        ['PROVISIE_EVENT_STORE', 'the log: postgres://… or kurrentdb://…; must be given'],
        ['PROVISIE_VAULT', 'where the merchant’s keys are, unless they are given'],
        ['PROVISIE_NODE_NAME', 'part of its streams’ names (default: the machine’s)'],
        ['PORT, HOST', 'where it listens (default: 8080 on 127.0.0.1)'],
      ]),
    )
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

/** The variables of a process that most need; the page has all of them, and each process checks them at its start. */
function settings(variables: readonly (readonly [name: string, is: string])[]): string {
  const width = Math.max(...variables.map(([name]) => name.length));
  const lines = variables.map(([name, is]) => `  ${name.padEnd(width)}  ${is}`);
  return ['', 'Environment:', ...lines, '', 'All of it: docs/reference/configuration.md'].join(
    '\n',
  );
}
