// Writes the log and the vault that payout runs are made from.
import path from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { peakRssMb } from '../measurement.ts';
import { writeSyntheticMarket } from '../synthetic-market.ts';

const [folder = '', partners = '0'] = process.argv.slice(2);
const store = openSqliteEventStore({ file: path.join(folder, 'events.sqlite') });
const vault = openSqliteVault(path.join(folder, 'vault.sqlite'));
const started = performance.now();
await writeSyntheticMarket(store, vault, Number(partners));
const seconds = (performance.now() - started) / 1000;
const operations = await store.head();
vault.close();
await store.close();
console.log(JSON.stringify({ operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() }));
