import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigRefused, readConfig } from '../config.ts';
import { withEnvFile } from './env-file.ts';

describe('.env', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'swati-env-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (text: string) => {
    const file = join(folder, '.env');
    writeFileSync(file, text);
    return withEnvFile({}, file);
  };
  const problemsOf = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof ConfigRefused);
      return error.problems;
    }
    return [];
  };

  it('warns of a name that looks like a mistyped setting, and of no other', () => {
    const file = join(folder, '.env');
    const names = ['PORTT', 'MONGO_URI', 'CORS_ORIGIN', 'JWT_SECRET', 'port', 'PORT', 'FLASK_ENV'];
    writeFileSync(
      file,
      [...names, 'NODE_ENV', 'SHOP_DOMAIN', 'MONGO_PASSWORD', 'TZ'].join('=1\n').concat('=1\n'),
    );
    const said: string[] = [];
    withEnvFile({}, file, (line) => void said.push(line.replace(`${file}: `, '')));
    assert.deepEqual(
      said,
      [
        ['PORTT', 'PORT'],
        ['MONGO_URI', 'MONGODB_URI'],
        ['CORS_ORIGIN', 'CORS_ORIGINS'],
        ['JWT_SECRET', 'JWT_SECRET_KEY'],
        ['port', 'PORT'],
      ].map(([name, meant]) => `${name} is no setting and does nothing; ${meant} is one`),
    );
  });

  it('is read as people write it, whatever their editor puts around it', () => {
    const text = [
      '\uFEFFPORT=5001',
      '  # what follows',
      'export HOST = 127.0.0.1  ',
      'ADMIN_PASSWORD=Sona#2024#x # the owner',
      'A="x # y" # z',
      'B=\'a "b" c\'',
      'C="it\'s"',
      'D=',
      'E= # nothing',
      'PORT=5002',
      'F=a=b$c\\d',
      '',
    ];
    assert.deepEqual(read(text.join('\r\n')), {
      PORT: '5002',
      HOST: '127.0.0.1',
      ADMIN_PASSWORD: 'Sona#2024#x',
      A: 'x # y',
      B: 'a "b" c',
      C: "it's",
      D: '',
      E: '',
      F: 'a=b$c\\d',
    });
  });

  it('lets the environment win, and need not be there', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'PORT=5001\nHOST=127.0.0.1\n');
    assert.deepEqual(withEnvFile({ PORT: '6001' }, file), { PORT: '6001', HOST: '127.0.0.1' });
    assert.deepEqual(withEnvFile({ PORT: '6001' }, join(folder, 'none')), { PORT: '6001' });
  });

  it('lets the environment win also where one of them uses the older name', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'APP_ENV=production\nGUNICORN_WORKERS=4\nGUNICORN_LOG_LEVEL=debug\n');
    const environment = { FLASK_ENV: 'testing', WORKERS: '2', LOG_LEVEL: ' ' };
    const { APP_ENV, WORKERS, LOG_LEVEL } = readConfig(withEnvFile(environment, file));
    assert.deepEqual([APP_ENV, WORKERS, LOG_LEVEL], ['testing', 2, 'debug']);
  });

  it('refuses every line that is none, without repeating what may be a secret', () => {
    const problems = problemsOf(() => read('PORT 5001\nJWT_SECRET_KEY="ab\ncd\nHOST=127.0.0.1\n'));
    assert.deepEqual(
      problems.map((problem) => problem.slice(problem.indexOf('.env'))),
      [
        '.env, line 1: must be NAME=value',
        '.env, line 2: JWT_SECRET_KEY must end in the quotation mark it begins with',
        '.env, line 3: must be NAME=value',
      ],
    );
  });

  it('that cannot be read stops the start, and is named', () => {
    const file = join(folder, 'a-folder');
    mkdirSync(file);
    assert.match(String(problemsOf(() => withEnvFile({}, file))), /a-folder/);
  });
});
