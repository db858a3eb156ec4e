// What a route is: data. The app registers it; tests, the permission table and the OpenAPI document read it.
// A route without a permission (or `public`), a summary, a reply schema and an example does not build.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { By, Written } from '../domain/actor.ts';
import type { Permission } from '../domain/permissions.ts';
import type { ErrorCode } from '../domain/shop-error.ts';
import type { User } from '../domain/user.ts';
import type { KeptAnswer } from './kept-answer.ts';
import type { RateKind } from './rate-limit.ts';
import type { MessageRule } from './validation.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * `public`: no token needed (one that is sent is still checked where `optionalUser` says so).
 * `signed-in`: any active account. Else the permission that the account must hold.
 */
export type Access = 'public' | 'signed-in' | Permission;

type Query = Record<string, string | undefined>;

/** What a handler is given. */
export interface Call<B, P extends Record<string, string>> {
  body: B;
  params: P;
  query: Query;
  /** The signed-in account; null on public routes without a valid token. */
  user: User | null;
  /** The token's session; null for tokens of the older backend. */
  sessionId: string | null;
  /** Who changes the books. May be read once: a request makes one change, whose result a repeat gets again. */
  readonly by: By;
  /** The version the caller has seen, from If-Match or the body; null when not said. */
  ifVersion: number | null;
  /** Takes the value out of a change and notes its journal position on the reply. */
  wrote: <T>(written: Written<T>) => T;
  /** Notes the version of the one thing answered, for its ETag. */
  versioned: (version: number) => void;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A file that comes as multipart/form-data, for the document; the feature reads and checks it itself. */
export interface Upload {
  field: string;
  contentTypes: readonly string[];
  maxBytes: number;
}

export interface RouteSpec<B extends TSchema, P extends Record<string, string>> {
  method: Method;
  /** With `:name` for parameters, without a trailing slash. */
  path: string;
  access: Access;
  /** A permission that opens the route instead; the handler then checks which of the two the body needs. */
  orAccess?: Permission;
  /** Open also to accounts that must still set up their second step of signing in. */
  beforeSecondFactor?: boolean;
  /** On a public route: read the account from a token that is sent. */
  optionalUser?: boolean;
  /** On a GET: a download ticket (`?ticket=`) of an account with this access is as good as its token. */
  ticket?: boolean;
  tag: string;
  summary: string;
  description?: string;
  body?: B;
  /** The body may be left out: the handler gets `{}`. */
  bodyOptional?: boolean;
  /** Which message the contract has for which problem, in its order of checks. */
  messages?: readonly MessageRule[];
  /** The one file of a route that takes a form in place of a JSON body. */
  upload?: Upload;
  /** An object schema whose properties are the query parameters. */
  query?: TSchema;
  /** An object schema whose properties are request headers that mean something here alone. */
  headers?: TSchema;
  /** The status of success (200) and its body; `null` for bodies that are no JSON. */
  status?: 200 | 201 | 202;
  reply: TSchema | null;
  /** Bodies of other statuses than success that are not the error envelope. */
  replies?: Readonly<Record<number, TSchema>>;
  /** True: left out of the documentation, as pages for people are. */
  hidden?: boolean;
  /** The content type of a reply that is no JSON. */
  produces?: string;
  /** One example of the success body for the documentation. */
  example: unknown;
  /** The refusals a caller must expect, beside those every route has. */
  errors?: readonly ErrorCode[];
  /**
   * On a GET: the answer follows from the store, the address and the shop's day alone, so that the same token gets it
   * again until something changed.
   */
  untilChanged?: boolean;
  /** On a POST: it changes nothing, so one that went well is no line in the log. */
  reads?: boolean;
  /** On a public POST that reads: its handler looks at nothing of the call but the body. Such ones are answered quicker. */
  byBody?: boolean;
  /**
   * On a public GET of a path without parameters, the same for all who ask: what the handler would send, where the memory
   * has it at once; null: the handler finds out. May refuse as the handler does. Such ones are answered quicker.
   */
  atOnce?: (url: string, query: Query) => KeptAnswer | null;
  /**
   * On a POST that changes the books and comes often: its handler looks at nothing of the call but `body`, `by`, `wrote`
   * and `versioned`. Such ones are answered quicker.
   */
  often?: boolean;
  /** False: a repeat is not recognised here (sign-in answers hold tokens). */
  repeatable?: boolean;
  /** How often one address may ask; `when`: only where this query parameter is not empty. */
  rate?: { kind: RateKind; when?: string };
  /** Bytes; default 512 KiB. */
  bodyLimit?: number;
  handle: (call: Call<Static<B>, P>) => Promise<unknown> | unknown;
}

/** A route of any body, as the app and the tests see it. */
export type Route = Omit<RouteSpec<TSchema, Record<string, string>>, 'handle'> & {
  handle: (call: Call<never, never>) => Promise<unknown> | unknown;
};

/** Builds a route; the handler's types follow from the body schema and the path. */
export function route<B extends TSchema, const Path extends string>(
  spec: RouteSpec<B, PathParams<Path>> & { path: Path },
): Route {
  return spec as unknown as Route;
}

/** `/a/:id/b/:name` -> `{id: string; name: string}` */
type PathParams<Path extends string> = Path extends `${string}:${infer Param}/${infer Rest}`
  ? Record<Param, string> & PathParams<`/${Rest}`>
  : Path extends `${string}:${infer Param}`
    ? Record<Param, string>
    : Record<never, string>;
