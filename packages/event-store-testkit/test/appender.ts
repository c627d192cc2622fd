import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { appendForEver } from '../src/appending-process.ts';

const [file = '', writers = '1', thread = ''] = process.argv.slice(2);
const writesOn = thread === 'own_thread' ? thread : 'callers_thread';
await appendForEver(openSqliteEventStore({ file, writesOn }), Number(writers));
