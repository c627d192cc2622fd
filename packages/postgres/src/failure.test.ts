import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { failureOf, isPassing, reasonOf } from './failure.ts';

function fromServer(sqlState: string): DatabaseError {
  return Object.assign(new DatabaseError('the server says so', 0, 'error'), { code: sqlState });
}

const passes = true;

test.each([
  ['53100', 'full', !passes],
  ['40001', 'busy', passes],
  ['55P03', 'busy', passes],
  ['57014', 'busy', passes],
  ['23505', 'busy', passes],
  ['25006', 'read_only', passes],
  ['28P01', 'sign_in', !passes],
  ['3D000', 'no_database', !passes],
  ['42501', 'no_right', !passes],
  ['42P01', 'damaged', !passes],
  ['42P10', 'damaged', !passes],
  ['XX001', 'damaged', !passes],
  ['57P01', 'unreachable', passes],
  ['25P03', 'unreachable', passes],
  ['53300', 'unreachable', passes],
  ['58030', 'unreachable', !passes],
  ['42601', 'unreachable', !passes],
])('SQLSTATE %s is %s; passing: %s', (sqlState, fault, passing) => {
  const error = fromServer(sqlState);
  const failure = failureOf('the vault (postgres://db/p)', error);
  expect(failure.fault).toBe(fault);
  expect(failure.message).toMatch(
    /^[TON].*he vault \(postgres:\/\/db\/p\).*\(the server says so\)$/,
  );
  expect(isPassing(error)).toBe(passing);
});

test.each([
  [new Error('SASL: client password must be a string'), 'sign_in', !passes],
  [new Error('Connection terminated unexpectedly'), 'unreachable', passes],
  [new TypeError('ours'), 'unreachable', !passes],
  [new RangeError('ours'), 'unreachable', !passes],
])('without an SQLSTATE, %s is %s; passing: %s', (error, fault, passing) => {
  expect(failureOf('the vault', error).fault).toBe(fault);
  expect(isPassing(error)).toBe(passing);
});

test('the reason for a name with several addresses is that of the first', () => {
  const refused = ['::1', '127.0.0.1'].map((host) => new Error(`connect ECONNREFUSED ${host}:1`));
  expect(reasonOf(new AggregateError(refused))).toBe('connect ECONNREFUSED ::1:1');
  expect(reasonOf('thrown as it is')).toBe('thrown as it is');
});
