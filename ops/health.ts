// `make health`: shows what the running shop says of itself, and exits 1 if it cannot serve.
// The models may still be learning (then /api/health is 503); whether the shop can serve is /ready's answer.

const base = `http://127.0.0.1:${process.env.PORT ?? 5000}`;

async function ask(path: string): Promise<Response> {
  return await fetch(base + path, { signal: AbortSignal.timeout(5000) });
}

try {
  const health = await ask('/api/health');
  const ready = await ask('/api/health/ready');
  console.log(JSON.stringify(await health.json(), null, 2));
  process.exitCode = ready.ok ? 0 : 1;
} catch (problem) {
  const reason = problem instanceof Error ? (problem.cause ?? problem) : problem;
  console.error(`Nothing healthy answers on ${base}: ${reason}`);
  process.exitCode = 1;
}
