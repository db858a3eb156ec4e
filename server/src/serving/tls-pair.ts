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
  const read = (name: string, file: string, kind: keyof TlsPair, what: string): string => {
    try {
      const text = readFileSync(file, 'utf8');
      createSecureContext({ [kind]: text });
      return text;
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      const trouble = /^E[A-Z]+$/.test(code) ? 'cannot be read' : `holds no ${what} in PEM form`;
      problems.push(`${name} (${file}) ${trouble}: ${message}`);
      return '';
    }
  };
  const pair = {
    cert: read('TLS_CERT_FILE', files.certFile, 'cert', 'certificate'),
    key: read('TLS_KEY_FILE', files.keyFile, 'key', 'private key'),
  };
  if (problems.length > 0) throw new ConfigRefused(problems);
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new ConfigRefused([`TLS_CERT_FILE and TLS_KEY_FILE are no pair: ${(error as Error).message}`]);
  }
  return pair;
}

/** What `readTls` would refuse, to be said beside all other wrong settings. */
export function tlsProblems(files: Config['tls']): readonly string[] {
  try {
    readTls(files);
    return [];
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems;
    throw error;
  }
}
