// Builds the read model of a market whose orders would keep the projector busy for long: all but the orders is
// projected, then what a payout run reads of them is filled in. A test holds it against the projector.
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { fillReadModel } from '../fill-read-model.ts';
import { peakRssMb } from '../measurement.ts';
import { logIn } from '../payout-office.ts';

const [folder = '', partners = '0'] = process.argv.slice(2);
const store = openSqliteEventStore({ file: logIn(folder), readOnly: true });
const started = performance.now();
await fillReadModel(store, folder, Number(partners));
const seconds = (performance.now() - started) / 1000;
const operations = await store.head();
await store.close();
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
