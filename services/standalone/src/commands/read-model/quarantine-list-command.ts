import { openReadModelHome, type Stores } from '@provisie/engines';
import { quarantinedEvents } from '@provisie/read-model';
import { count, print, table } from '../output.ts';

/** `provisie quarantine list`: the events that were set aside; also while a server runs. */
export async function quarantineListCommand(
  { readModel }: Stores,
  { json }: { readonly json: boolean },
): Promise<void> {
  const home = await openReadModelHome(readModel);
  try {
    const events = await quarantinedEvents(home);
    if (json) {
      for (const event of events) print(JSON.stringify(event));
      return;
    }
    if (events.length === 0) {
      print('No event was set aside.');
      return;
    }
    const rows = events.map(({ position, type, version, stream, recordedAt }) => [
      String(position),
      `${type} v${String(version)}`,
      stream,
      new Date(recordedAt).toISOString(),
    ]);
    print(table(['position', 'event', 'stream', 'recorded'], rows));
    print();
    for (const { error } of events) print(error);
    print();
    print(
      `${count(events.length)} events count nowhere until they can be applied: after a release that can, run \`provisie quarantine replay\`.`,
    );
  } finally {
    await home.close();
  }
}
