import { HTTP_PROBLEMS, problemsOf, responseOf, type ProblemOptions } from '@provisie/http/problem';

/** By code: the status and a title that never changes. */
const TRACKER_PROBLEMS = {
  ...HTTP_PROBLEMS,
  malformed_code: { status: 400, title: 'This is not a link code' },
  foreign_destination: { status: 400, title: 'The link does not lead there' },
  wrong_signature: { status: 401, title: 'The request is not signed as it must be' },
  foreign_origin: { status: 403, title: 'Beacons are not taken from this site' },
  unknown_code: { status: 404, title: 'There is no such link' },
  unknown_programme: { status: 404, title: 'There is no such programme' },
  method_not_allowed: { status: 405, title: 'The method does not fit the address' },
  directory_not_ready: { status: 503, title: 'The link directory is not ready yet' },
  not_recorded: { status: 503, title: 'The beacon could not be recorded' },
} as const;

const problem = problemsOf(TRACKER_PROBLEMS);

/** The answer to a request that can't be served, never kept by a cache. */
export function problemAnswer(
  code: keyof typeof TRACKER_PROBLEMS,
  detail: string,
  options: ProblemOptions = {},
): Response {
  const headers = { 'Cache-Control': 'no-store', ...options.headers };
  return responseOf(problem(code, detail, { ...options, headers }));
}
