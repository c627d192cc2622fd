import { expect, test } from 'vitest';
import { HTTP_PROBLEMS, httpProblem, problemsOf, responseOf } from './problem.ts';

test('a problem is an RFC 9457 answer with our stable code', async () => {
  const problem = httpProblem('invalid_request', 'One value is wrong.', {
    errors: [{ path: '/limit', problem: 'too large', expected: '1 to 500' }],
    headers: { 'Retry-After': '3' },
  });
  const response = responseOf(problem);
  expect(response.status).toBe(400);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(response.headers.get('Retry-After')).toBe('3');
  expect(await response.json()).toEqual({
    type: 'urn:provisie:problem:invalid_request',
    title: 'The request is not valid',
    status: 400,
    code: 'invalid_request',
    detail: 'One value is wrong.',
    errors: [{ path: '/limit', problem: 'too large', expected: '1 to 500' }],
  });
});

test('a service adds kinds of its own', async () => {
  const problem = problemsOf({
    ...HTTP_PROBLEMS,
    out_of_tea: { status: 418, title: 'No tea' },
  });
  const response = responseOf(problem('out_of_tea', 'Put the kettle on.'), 'urn:request:1');
  expect(response.status).toBe(418);
  expect(await response.json()).toMatchObject({ code: 'out_of_tea', instance: 'urn:request:1' });
});
