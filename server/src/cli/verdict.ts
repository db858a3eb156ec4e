/** The last line of a verification. */
export function verdict(problems: readonly string[]): string {
  if (problems.length === 0) return 'all is well';
  return problems.length === 1 ? '1 problem' : `${problems.length} problems`;
}
