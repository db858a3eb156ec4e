/** What is wrong with a head noted earlier (`HASH` or `SEQ:HASH`), or null when the chain still holds it. */
export async function compareHead(
  noted: string,
  findByHash: (hash: string) => Promise<{ seq: number } | null>,
): Promise<string | null> {
  const match = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/.exec(noted.trim());
  if (!match?.[2]) return `--head ${noted}: must be HASH or SEQ:HASH as printed by verify`;
  const entry = await findByHash(match[2]);
  if (!entry) return 'no entry has the hash that was noted: history was cut off or rewritten';
  const moved = match[1] !== undefined && Number(match[1]) !== entry.seq;
  return moved ? `the hash that was noted for entry ${match[1]} stands at entry ${entry.seq}` : null;
}
