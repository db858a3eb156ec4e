// Every setting of the server: one schema, read once from the environment into one frozen value, with all problems at
// once. Secrets are never repeated in a message.

import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type Static, type TSchema, Type } from 'typebox';
import { ShopError } from './domain/shop-error.ts';
import { newAccountProblems } from './features/auth/account-input.ts';
import { bodyChecker } from './http/validation.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const OneOf = <const T extends readonly string[]>(values: T, options: object) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: values, ...options });
const Path = (description: string) => Type.Optional(Type.String({ maxLength: 4096, description }));
const Switch = (fallback: boolean, description: string) => Type.Boolean({ default: fallback, description });

/** One property a variable. `secret` values are not printed; `alias` is the older deployment's name. */
export const ConfigSchema = Type.Object({
  APP_ENV: OneOf(['development', 'testing', 'production'], {
    default: 'development',
    alias: 'FLASK_ENV',
    description: 'production: secrets and CORS_ORIGINS must be given; testing: tokens live 5 minutes',
  }),
  HOST: Type.String({ default: '0.0.0.0', maxLength: 255, description: 'Address to listen on' }),
  PORT: Type.Integer({ default: 5000, minimum: 0, maximum: 65535, description: '0: any free port' }),
  DATA_DIR: Type.String({ default: './var', maxLength: 4096, description: "The folder of the shop's data" }),
  MONGODB_URI: Type.Optional(
    Type.String({
      maxLength: 4096,
      secret: true,
      description: 'The replica set or cluster that holds the shop; without it the shop is in DATA_DIR',
    }),
  ),
  MONGODB_ADMIN_URI: Type.Optional(
    Type.String({
      maxLength: 4096,
      secret: true,
      description:
        'The account that makes and changes the schema, restores and moves; else that of MONGODB_URI',
    }),
  ),
  JWT_SECRET_KEY: Type.Optional(
    Type.String({
      maxLength: 1024,
      secret: true,
      description: 'Signs access tokens; at least 32 characters',
    }),
  ),
  CORS_ORIGINS: Type.Array(
    Type.String({
      pattern: '^(\\*|https?://[^/\\s*?#]+)$',
      description:
        'must be * or an origin such as https://shop.example, with http:// or https:// and without a path',
    }),
    {
      default: ['*'],
      description: 'Origins whose pages may call the API, such as https://shop.example, or *',
    },
  ),
  TRUSTED_PROXIES: Type.Array(Type.String(), {
    default: [],
    description: 'Addresses or networks (10.0.0.0/8) of proxies whose forwarded headers count',
  }),
  TLS_CERT_FILE: Path('Certificate chain (PEM) for TLS without a proxy'),
  TLS_KEY_FILE: Path('Its private key (PEM)'),
  WORKERS: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 64,
    alias: 'GUNICORN_WORKERS',
    description: 'Server processes: one for each processor is enough',
  }),
  LOG_LEVEL: OneOf(LOG_LEVELS, {
    default: 'info',
    alias: 'GUNICORN_LOG_LEVEL',
    description: 'Log from here',
  }),
  METRICS_TOKEN: Type.Optional(
    Type.String({
      minLength: 16,
      maxLength: 1024,
      secret: true,
      description: 'Who sends it as a bearer token may read /api/metrics; at least 16 characters',
    }),
  ),
  ADMIN_USERNAME: Type.Optional(Type.String({ maxLength: 1024, description: 'The first admin' })),
  ADMIN_EMAIL: Type.Optional(Type.String({ maxLength: 1024, description: 'and the e-mail address' })),
  ADMIN_PASSWORD: Type.Optional(
    Type.String({ maxLength: 1024, secret: true, description: 'and the password, 6 to 128 characters' }),
  ),
  DEMO: Switch(false, 'Fill an empty store with the sample shop; HOST is then 127.0.0.1 unless given'),
  SIGNUP: Switch(true, 'Whether strangers may make accounts (without rights)'),
  LOGIN_THROTTLE: Switch(true, 'off: for tests behind a trusted door'),
  RATE_LIMIT: Switch(
    true,
    'How often an address may sign up, sign in, search and ask for much; off: for tests behind a trusted door',
  ),
  REFERENCE_DATA: Switch(true, 'Load the open reference data into an empty store'),
  BACKUP_DIR: Path("Where backups go, best on another disk than the shop's; default: backups in DATA_DIR"),
  NIGHTLY_BACKUP: Switch(
    true,
    'Every night a verified backup, of which those of the newest 14 days are kept',
  ),
});

/** The settings that an older deployment may call otherwise, and what it calls them. */
export const ALIASES: readonly (readonly [name: string, alias: string])[] = Object.entries(
  ConfigSchema.properties,
).flatMap(([name, schema]) => {
  const { alias } = schema as { alias?: string };
  return alias === undefined ? [] : [[name, alias] as const];
});

type Environment = Record<string, string | undefined>;
type Values = Static<typeof ConfigSchema>;

export interface Config extends Readonly<Omit<Values, 'TLS_CERT_FILE' | 'TLS_KEY_FILE'>> {
  readonly tls: { certFile: string; keyFile: string } | null;
  readonly admin: { username: string; email: string; password: string } | null;
}

/** The settings cannot be used; every problem is one line: the variable, what was wrong, what is allowed. */
export class ConfigRefused extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigRefused';
    this.problems = problems;
  }
}

/**
 * Reads all variables; throws ConfigRefused with every problem. A blank variable counts as not given. `more`: what is
 * wrong with the files of some, to whoever needs these.
 */
export function readConfig(
  environment: Environment,
  more: (tls: Config['tls']) => readonly string[] = () => [],
): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  for (const [name, schema] of Object.entries(ConfigSchema.properties)) {
    const { alias, secret } = schema as { alias?: string; secret?: boolean };
    const source = textOf(environment, name) === undefined && alias !== undefined ? alias : name;
    names[name] = source;
    const given = textOf(environment, source);
    // A secret counts to its last space; everything else is trimmed.
    if (given !== undefined) values[name] = secret ? environment[source] : coerce(name, given, schema);
  }
  const given = new Set(Object.keys(values));
  problems.push(...schemaProblems(values, names), ...groupProblems(values, given));
  problems.push(...more(tlsIn(values as Values)));
  // Alone they stop a start only where the account has to be made: on a store without any.
  if (problems.length > 0)
    throw new ConfigRefused([...problems, ...adminProblems(ownerIn(values as Values))]);
  return freeze(values as Values, environment);
}

/** What sign-up would refuse of the first admin: a line for each. */
export function adminProblems(owner: Partial<NonNullable<Config['admin']>>): string[] {
  return newAccountProblems(owner).map(({ field, limit }) => `ADMIN_${field.toUpperCase()} ${limit}`);
}

function ownerIn(values: Values): Partial<NonNullable<Config['admin']>> {
  const { ADMIN_USERNAME: username, ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = values;
  return {
    ...(username === undefined ? {} : { username }),
    ...(email === undefined ? {} : { email }),
    ...(password === undefined ? {} : { password }),
  };
}

function tlsIn({ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile }: Values): Config['tls'] {
  return certFile && keyFile ? { certFile, keyFile } : null;
}

/** Where archives go where nothing else is said. */
export function backupFolder(config: Config): string {
  return resolve(config.BACKUP_DIR ?? join(config.DATA_DIR, 'backups'));
}

function freeze(values: Values, environment: Environment): Config {
  const { TLS_CERT_FILE, TLS_KEY_FILE, ...rest } = values;
  const { username, email, password } = ownerIn(values);
  const demoHost = values.DEMO && textOf(environment, 'HOST') === undefined ? { HOST: '127.0.0.1' } : {};
  return Object.freeze({
    ...rest,
    ...demoHost,
    DATA_DIR: resolve(rest.DATA_DIR),
    tls: tlsIn(values),
    admin: username && email && password ? { username, email, password } : null,
  });
}

function textOf(environment: Environment, name: string): string | undefined {
  const text = environment[name]?.trim();
  return text === '' ? undefined : text;
}

const SWITCH_WORDS: Record<string, boolean> = {
  true: true,
  on: true,
  yes: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  '0': false,
};
/** Level names of the older deployment's process manager. */
const OLDER_LEVELS: Record<string, string> = { warning: 'warn', critical: 'fatal' };

/** The text as the schema's type, or unchanged where it is none, for the schema to refuse. */
function coerce(name: string, text: string, schema: TSchema): unknown {
  const { type } = schema as { type?: string };
  if (type === 'integer') return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return SWITCH_WORDS[text.toLowerCase()] ?? text;
  if (type === 'array') {
    const parts = text.split(',').map((part) => part.trim());
    // An address copied from a browser ends in a slash; an origin does not.
    return parts.map((part) => (name === 'CORS_ORIGINS' ? part.replace(/\/$/, '') : part)).filter(Boolean);
  }
  if (name === 'LOG_LEVEL') return OLDER_LEVELS[text.toLowerCase()] ?? text.toLowerCase();
  return text;
}

/** Checks against the schema, which also fills in the defaults. */
function schemaProblems(values: Record<string, unknown>, names: Record<string, string>): string[] {
  try {
    bodyChecker(ConfigSchema)(values);
    return [];
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return (error.refusal.fields ?? []).map(({ field, limit }) => {
      const [name = '', index] = field.split('.');
      const schema = (ConfigSchema.properties as Record<string, TSchema>)[name] as {
        type?: string;
        secret?: boolean;
        description?: string;
      };
      const value = index === undefined ? values[name] : (values[name] as unknown[])[Number(index)];
      const shown = schema.secret ? '' : ` is ${JSON.stringify(value)}; it`;
      const allowed =
        schema.type === 'boolean' ? 'must be true or false (also on, off, yes, no, 1, 0)' : limit;
      return `${names[name]}${shown} ${allowed}${index === undefined ? '' : ` (${schema.description})`}`;
    });
  }
}

/** Rules on several variables at once. */
function groupProblems(values: Record<string, unknown>, given: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const together = (names: string[]) => {
    const missing = names.filter((name) => !given.has(name));
    if (missing.length > 0 && missing.length < names.length)
      problems.push(`${missing.join(', ')} must be given too: ${names.join(', ')} belong together`);
  };
  together(['ADMIN_USERNAME', 'ADMIN_EMAIL', 'ADMIN_PASSWORD']);
  together(['TLS_CERT_FILE', 'TLS_KEY_FILE']);
  for (const proxy of values.TRUSTED_PROXIES as string[])
    if (!isNetwork(proxy)) problems.push(`TRUSTED_PROXIES has ${JSON.stringify(proxy)}, which is no address`);
  for (const name of ['MONGODB_URI', 'MONGODB_ADMIN_URI'])
    if (given.has(name) && !/^mongodb(\+srv)?:\/\/[^/]/.test(String(values[name])))
      problems.push(
        `${name} cannot be read: it must be like mongodb://USER:PASSWORD@HOST:27017/DATABASE?replicaSet=NAME`,
      );
  if (given.has('MONGODB_ADMIN_URI') && !given.has('MONGODB_URI'))
    problems.push(
      'MONGODB_URI must be given with MONGODB_ADMIN_URI: the same database, with the account that serves',
    );
  else if (
    given.has('MONGODB_ADMIN_URI') &&
    databaseOf(values.MONGODB_ADMIN_URI) !== databaseOf(values.MONGODB_URI)
  )
    problems.push(
      'MONGODB_ADMIN_URI must name the same database as MONGODB_URI: what it makes or restores elsewhere, nobody serves',
    );
  if (given.has('MONGODB_URI') && !given.has('JWT_SECRET_KEY'))
    problems.push(
      'JWT_SECRET_KEY must be given with MONGODB_URI: all machines of a shop sign with the same key',
    );
  if (values.APP_ENV !== 'production') return problems;
  if (!given.has('CORS_ORIGINS'))
    problems.push("CORS_ORIGINS must be given in production: the shop's own origin, https://shop.example");
  const secret = values.JWT_SECRET_KEY;
  if (typeof secret !== 'string' && !given.has('MONGODB_URI'))
    problems.push('JWT_SECRET_KEY must be given in production');
  else if (typeof secret === 'string' && isWeakSecret(secret))
    problems.push(
      'JWT_SECRET_KEY is too weak for production; it must have at least 32 characters that nobody can guess ' +
        '(make one with: openssl rand -hex 32)',
    );
  return problems;
}

/** The name after the hosts, or that of a shop whose URI names none. Not for a message: a URI may be written wrongly. */
function databaseOf(uri: unknown): string {
  return /^[^/]*\/\/[^/]*\/([^?]+)/.exec(String(uri))?.[1] ?? 'swati';
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    most > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

const KNOWN_WORDS =
  /change.?me|change.?this|your.?(jwt|secret)|(dev|jwt|my|super|test).?secret|example|placeholder/i;
const MIN_DIFFERENT_CHARACTERS = 8;

/** Too short, a text out of somebody's documentation, or a short pattern repeated. */
function isWeakSecret(secret: string): boolean {
  return secret.length < 32 || KNOWN_WORDS.test(secret) || new Set(secret).size < MIN_DIFFERENT_CHARACTERS;
}
