import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type Config, ConfigRefused } from '../config.ts';

export interface TlsPair {
  cert: string;
  key: string;
}

/** The certificate chain and its key, where the server itself speaks TLS. Refuses (ConfigRefused) files that are none. */
export function readTls(files: Config['tls']): TlsPair | null {
  if (files === null) return null;
  const problems: string[] = [];
  const read = (name: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      problems.push(`${name} cannot be read: ${(error as Error).message}`);
      return '';
    }
  };
  const pair = { cert: read('TLS_CERT_FILE', files.certFile), key: read('TLS_KEY_FILE', files.keyFile) };
  if (problems.length > 0) throw new ConfigRefused(problems);
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new ConfigRefused([`TLS_CERT_FILE and TLS_KEY_FILE are no pair: ${(error as Error).message}`]);
  }
  return pair;
}
