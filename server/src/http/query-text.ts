// The part of an address after its question mark, read the same by the framework and by the ways past it.

import { parse } from 'node:querystring';

type Parameters = Record<string, string | string[] | undefined>;

export function parseQuery(text: string): Parameters {
  return parse(text, '&', '=', { maxKeys: 0 });
}

/** A parameter that is sent twice counts once, with its last value: handlers see texts only. */
export function singleValues(query: Parameters): Record<string, string | undefined> {
  const single: Record<string, string | undefined> = {};
  for (const name of Object.keys(query)) {
    const value = query[name];
    single[name] = Array.isArray(value) ? value.at(-1) : value;
  }
  return single;
}
