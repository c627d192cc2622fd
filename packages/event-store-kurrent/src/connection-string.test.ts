import { describe, expect, test } from 'vitest';
import { parseConnectionString } from './connection-string.ts';

const understood: readonly (readonly [string, object])[] = [
  [
    'esdb://node1',
    { hosts: [{ address: 'node1', port: 2113 }], isCluster: false, credentials: null },
  ],
  ['kurrentdb://127.0.0.1:2114?tls=false', { isCluster: false, settings: { tls: false } }],
  ['esdb+discover://cluster.example:2113', { isCluster: true }],
  ['kurrentdb+discover://cluster.example', { isCluster: true }],
  ['kurrent://a,b:1,c:2/?tls=true', { isCluster: true, shown: 'a:2113,b:1,c:2' }],
  ['esdb://admin:changeit@node1', { credentials: { username: 'admin', password: 'changeit' } }],
  ['esdb://a%40b:p%3Aw%2F%3F@node1', { credentials: { username: 'a@b', password: 'p:w/?' } }],
  ['esdb://u:p@ss?w@node1:1?tls=false', { credentials: { password: 'p@ss?w' }, shown: 'node1:1' }],
  ['esdb://[::1]:2113', { hosts: [{ address: '[::1]', port: 2113 }] }],
  [
    'esdb://n?TLS=false&Keep_Alive_Interval=-1',
    { settings: { tls: false, keepAliveInterval: -1 } },
  ],
  [
    'esdb://n?nodePreference=ReadOnlyReplica',
    { settings: { nodePreference: 'read_only_replica' } },
  ],
  [
    'esdb://n?tlsCAFile=%2Fetc%2Fca.pem&tlsVerifyCert=true',
    { settings: { tlsCAFile: '/etc/ca.pem' } },
  ],
  ['esdb://n?throwOnAppendFailure=false&defaultDeadline=5', { settings: {} }],
];

const refused: readonly (readonly [string, string])[] = [
  ['postgres://user:geheim@host', 'esdb:// or kurrentdb://'],
  ['', 'esdb:// or kurrentdb://'],
  ['esdb://', 'host 1'],
  ['esdb://user:geheim@', 'host 1'],
  ['esdb://user:geheim@a,,b', 'host 2'],
  ['esdb://user:ge/heim@no de', 'percent-encoded'],
  ['esdb://user:geheim@node:99999', 'port of its host 1'],
  ['esdb://geheim@node', 'user:password'],
  ['esdb://user:@node', 'user:password'],
  ['esdb://user:geheim%@node', '%25'],
  ['esdb://user:geheim@node?tls=maybe', 'tls must be true or false'],
  ['esdb://user:geheim@node?tsl=false', 'tsl is unknown'],
  ['esdb://user:geheim@node?tlsVerifyCert=false', 'tlsCAFile'],
  ['esdb://user:geheim@node?gossipTimeout=soon', 'gossipTimeout must be a whole number'],
  ['esdb://user:geheim@node?nodePreference=any', 'nodePreference must be'],
];

describe('a connection string', () => {
  test.each(understood)('%s is understood', (text, wanted) => {
    expect(parseConnectionString(text)).toMatchObject(wanted);
  });

  test.each(refused)('that is unusable says why, without its secrets (%#)', (text, reason) => {
    const parse = () => parseConnectionString(text);
    expect(parse).toThrow(reason);
    expect(parse).toThrow(expect.objectContaining({ code: 'store_unavailable' }));
    expect(parse).not.toThrow(/geheim|ge\/heim/);
  });
});
