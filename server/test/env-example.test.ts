// .env.example and the config schema name the same variables with the same defaults.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseEnv } from 'node:util';
import { ConfigSchema, readConfig } from '../src/config.ts';

const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const shown = parseEnv(text.replace(/^#(?=[A-Z_]+=)/gm, ''));

describe('.env.example', () => {
  it('names every variable of the schema and no other', () => {
    assert.deepEqual(Object.keys(shown).sort(), Object.keys(ConfigSchema.properties).sort());
  });

  it('names every older name', () => {
    for (const schema of Object.values(ConfigSchema.properties)) {
      const { alias } = schema as { alias?: string };
      if (alias !== undefined) assert.ok(text.includes(alias), alias);
    }
  });

  it('shows the defaults', () => {
    assert.deepEqual(readConfig(shown), readConfig({}));
  });

  it('changes nothing as long as nothing is taken in', () => {
    assert.deepEqual(Object.keys(parseEnv(text)), []);
  });

  it('shows no secret', () => {
    for (const [name, schema] of Object.entries(ConfigSchema.properties)) {
      if ((schema as { secret?: boolean }).secret) assert.equal(shown[name], '', name);
    }
  });
});
