// Copies what has been committed from the log file of a store into the file itself, whenever it is told to.
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import Database from 'better-sqlite3';

const port = parentPort;
if (port === null) throw new Error('This runs in a thread of its own.');
/** What `Checkpoints` started it with. */
const [file = ''] = process.argv.slice(2);
const database = new Database(file, { fileMustExist: true });
port.on('message', () => {
  // What it was told meanwhile is done as well.
  while (receiveMessageOnPort(port) !== undefined);
  database.pragma('wal_checkpoint(PASSIVE)');
});
