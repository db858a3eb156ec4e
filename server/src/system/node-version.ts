import manifest from '../../../package.json' with { type: 'json' };

/** One line when this Node is older than the program needs, else null. */
export function nodeProblem(running: string): string | null {
  const needed = manifest.engines.node.replace('>=', '');
  const [major = 0, minor = 0] = running.replace(/^v/, '').split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Node ${running} is too old; ${needed} or newer is needed. npm start runs the one that npm ci brought.`;
}
