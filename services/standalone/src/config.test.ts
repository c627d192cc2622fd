import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '@provisie/process';
import { readClientConfig, readConfig } from './config.ts';

test('an empty environment is a good one', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    dataFolder: resolve('data'),
    publicUrl: null,
    logLevel: 'info',
    secureCookies: false,
    corsOrigins: [],
    payoutPolicy: { coolingMs: 72 * 3_600_000, approvalsRequired: 1 },
  });
});

describe('what is read', () => {
  test.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '' }, { port: 8080 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ PROVISIE_DATA_DIR: '/var/lib/provisie' }, { dataFolder: '/var/lib/provisie' }],
    [
      { PROVISIE_PUBLIC_URL: 'https://go.example.nl/' },
      { publicUrl: 'https://go.example.nl', secureCookies: true },
    ],
    [
      { PROVISIE_PUBLIC_URL: 'https://go.example.nl', PROVISIE_SECURE_COOKIES: 'false' },
      { secureCookies: false },
    ],
    [{ PROVISIE_PUBLIC_URL: 'http://localhost:9000' }, { secureCookies: false }],
    [
      { PROVISIE_CLIENT_ADDRESS_HEADER: 'CF-Connecting-IP' },
      { clientAddressHeader: 'cf-connecting-ip' },
    ],
    [
      { PROVISIE_CORS_ORIGINS: 'https://a.example, https://b.example' },
      { corsOrigins: ['https://a.example', 'https://b.example'] },
    ],
    [{ PROVISIE_SHUTDOWN_SECONDS: '3' }, { shutdownMs: 3000 }],
    [
      { PROVISIE_PAYOUT_COOLING_HOURS: '0', PROVISIE_PAYOUT_APPROVALS: '2' },
      { payoutPolicy: { coolingMs: 0, approvalsRequired: 2 } },
    ],
  ])('%j', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected);
  });
});

describe('what is refused', () => {
  test.each([
    [{ PORT: '80a' }, 'PORT must be a whole number from 0 to 65535; it is "80a"'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535; it is "70000"'],
    [
      { HOST: 'not a host' },
      'HOST must be an IP address or a host name to listen on; it is "not a host"',
    ],
    [{ PROVISIE_PUBLIC_URL: 'go.example.nl' }, 'PROVISIE_PUBLIC_URL must be an address such as'],
    [
      { PROVISIE_PUBLIC_URL: 'https://example.nl/go' },
      'PROVISIE_PUBLIC_URL must be an address such as',
    ],
    [{ PROVISIE_LOG_LEVEL: 'loud' }, 'PROVISIE_LOG_LEVEL must be one of fatal, error'],
    [
      { PROVISIE_SECURE_COOKIES: 'yes' },
      'PROVISIE_SECURE_COOKIES must be true or false; it is "yes"',
    ],
    [
      { PROVISIE_COUNTRY_HEADER: 'a b' },
      'PROVISIE_COUNTRY_HEADER must be the name of a request header',
    ],
    [{ PROVISIE_CORS_ORIGINS: 'https://a.example,b' }, 'PROVISIE_CORS_ORIGINS must be an address'],
    [
      { PROVISIE_REQUESTS_PER_MINUTE: '0' },
      'PROVISIE_REQUESTS_PER_MINUTE must be a whole number from 1',
    ],
    [
      { PROVISIE_PAYOUT_COOLING_HOURS: '721' },
      'PROVISIE_PAYOUT_COOLING_HOURS must be a whole number from 0 to 720',
    ],
    [{ PROVISIE_PAYOUT_APPROVALS: '3' }, 'PROVISIE_PAYOUT_APPROVALS must be 1 or 2; it is "3"'],
    [
      { PROVISIE_PULBIC_URL: 'https://a.example' },
      'PROVISIE_PULBIC_URL is no variable of this program',
    ],
  ])('%j', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  test('all mistakes are told at once', () => {
    const wrong = { PORT: 'x', PROVISIE_LOG_LEVEL: 'loud', PROVISIE_PULBIC_URL: 'y' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    expect(() => readConfig(wrong)).toThrow(/PORT[^\n]*\n[^\n]*LOG_LEVEL[^\n]*\n[^\n]*PULBIC/);
  });
});

describe('the server that commands call', () => {
  test.each([
    [{}, { url: 'http://127.0.0.1:8080', accessKey: null }],
    [{ PORT: '9000' }, { url: 'http://127.0.0.1:9000' }],
    [{ PROVISIE_URL: 'https://go.example.nl/', PORT: '9000' }, { url: 'https://go.example.nl' }],
    [{ PROVISIE_URL: '', PROVISIE_ACCESS_KEY: ' pv_live_x\n' }, { accessKey: 'pv_live_x' }],
  ])('%j', (environment, expected) => {
    expect(readClientConfig(environment)).toMatchObject(expected);
  });

  test('mistakes are told, the key never', () => {
    const wrong = { PROVISIE_URL: 'go.example.nl', PROVISIE_ACCES_KEY: 'pv_live_secret' };
    expect(() => readClientConfig(wrong)).toThrow(
      /PROVISIE_URL must be an address[^]*PROVISIE_ACCES_KEY is no variable/,
    );
    expect(() => readClientConfig(wrong)).not.toThrow(/secret/);
  });

  test('a server starts where they are set', () => {
    const environment = { PROVISIE_URL: 'https://go.example.nl', PROVISIE_ACCESS_KEY: 'pv_live_x' };
    expect(readConfig(environment)).toMatchObject({ port: 8080 });
  });
});
