// The containers' health check: exits with 0 when the process in it answers.
const port = process.env['PORT'] ?? '8080';
const answer = await fetch(`http://127.0.0.1:${port}/livez`, {
  signal: AbortSignal.timeout(2500),
}).catch(() => null);
process.exit(answer?.ok === true ? 0 : 1);
