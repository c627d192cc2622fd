import { appendForEver } from '@provisie/event-store-testkit/appending-process';
import { openPostgresEventStore } from '../src/index.ts';

const [url = ''] = process.argv.slice(2);
await appendForEver(await openPostgresEventStore({ url }), 16);
