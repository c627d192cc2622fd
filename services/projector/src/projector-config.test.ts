import { resolve } from 'node:path';
import { ConfigError } from '@provisie/process';
import { expect, test } from 'vitest';
import { readProjectorConfig } from './projector-config.ts';

test('on one machine it needs nothing but the data folder', () => {
  expect(readProjectorConfig({ PROVISIE_DATA_DIR: 'shop' })).toMatchObject({
    eventStore: `sqlite:${resolve('shop/events.sqlite')}`,
    readModel: `sqlite:${resolve('shop')}`,
    port: 9464,
    host: '127.0.0.1',
    sweepTimes: { retiredMs: 600_000, olderVersionMs: 86_400_000 },
  });
});

test('on a cluster it is given addresses', () => {
  const config = readProjectorConfig({
    PROVISIE_EVENT_STORE: 'kurrentdb://admin:secret@one:2113,two:2113',
    PROVISIE_READ_MODEL: 'postgres://provisie:secret@db/provisie',
  });
  expect(config.readModel).toBe('postgres://provisie:secret@db/provisie');
});

test('all mistakes are named at once, and no password is shown', () => {
  const environment = {
    PROVISIE_READ_MODEL: 'mysql://root:secret@db/provisie',
    PROVISIE_BATCH_EVENTS: 'many',
    PROVISIE_PROJECTOR: 'yes',
  };
  expect(() => readProjectorConfig(environment)).toThrow(ConfigError);
  expect(() => readProjectorConfig(environment)).toThrow(
    /PROVISIE_READ_MODEL[^]*PROVISIE_BATCH_EVENTS must be a whole number[^]*PROVISIE_PROJECTOR is no variable/,
  );
  expect(() => readProjectorConfig(environment)).not.toThrow('secret');
});
