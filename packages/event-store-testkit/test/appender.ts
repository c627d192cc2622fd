import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { appendForEver } from '../src/appending-process.ts';

const [file = '', writers = '1'] = process.argv.slice(2);
await appendForEver(openSqliteEventStore({ file }), Number(writers));
