import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Finding, type Stage } from '../check.ts';
import { isDone } from '../drive/client.ts';
import { pixelBomb, polyglot, samplePng, uploadBody } from '../drive/pictures.ts';
import { residentMegabytes } from '../drive/process-facts.ts';
import { openShop } from '../drive/shop.ts';

const PAYLOAD = '<script>alert(document.domain)</script><?php system($_GET[0]); ?>';
const MOST_GROWTH_MB = 300;
const NAMES = [
  '../../../evil.png',
  '..\\..\\evil.png',
  '/etc/cron.d/evil.png',
  'C:\\evil.png',
  'a\0b.png',
  '.htaccess.png',
  '%2e%2e%2fevil.png',
  `${'x'.repeat(300)}.png`,
  '"; rm -rf .png',
  'ring.php.png',
];

/** R29. */
export const hostileUploads = check<{ times: number }>({
  id: 'R29',
  what: 'Uploads: names that climb, polyglots, pixel bombs, cut off and foreign files',
  asked: '0 files outside the store; every image re-encoded; RSS <= +300 MiB',
  full: { times: 5 },
  quick: { size: { times: 1 }, reduced: 'each file once instead of 5 times' },
  control: {
    defect: 'uploads are kept as they came',
    size: { times: 1 },
    red: /holds what was hidden|byte for byte/,
  },
  run,
});

async function run(stage: Stage, { times }: { times: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const problems: string[] = [];
  const pid = (shop.programs[0] as { pid: number }).pid;
  const counts = { taken: 0, refused: 0 };
  const before = listing(stage.folder);
  const send = async (
    what: string,
    bytes: Buffer,
    name: string,
    must: 'take' | 'refuse' | 'either',
    type?: string,
  ): Promise<void> => {
    const answer = await shop.owner.post('/api/uploads/image', ...uploadBody(bytes, name, type));
    counts[isDone(answer) ? 'taken' : 'refused']++;
    if (answer.status === 0 || answer.status >= 500)
      problems.push(`${what}: answered ${answer.status} ${answer.why}`);
    if (must === 'take' && !isDone(answer))
      problems.push(`${what}: refused with ${answer.status} ${answer.text.slice(0, 120)}`);
    if (must === 'refuse' && isDone(answer)) problems.push(`${what}: taken`);
    if (!isDone(answer)) return;
    const { filename } = answer.body.data as { filename: string };
    if (!/^[0-9a-f]{32}_\d{14}\.\w+$/.test(filename)) problems.push(`${what}: stored as ${filename}`);
    const stored = readFileSync(join(shop.dataDir, 'uploads/products', filename));
    if (stored.equals(bytes)) problems.push(`${what}: stored byte for byte as it came`);
    if (stored.includes('<script>') || stored.includes('<?php'))
      problems.push(`${what}: holds what was hidden in it`);
  };
  await send('a good picture', samplePng(64, 48, stage.random), 'warm-up.png', 'take');
  const bombs = new Map([8_000, 20_000, 40_000].map((side) => [side, pixelBomb(side)]));
  const resident = residentMegabytes(pid);
  for (let time = 0; time < times; time++) {
    const good = samplePng(40, 30, stage.random);
    for (const name of NAMES)
      await send(`the name ${JSON.stringify(name.slice(0, 40))}`, good, name, 'either');
    await send('a polyglot', polyglot(PAYLOAD, stage.random), 'poly.png', 'either');
    await send('a large picture', samplePng(1500, 1000, stage.random), 'large.png', 'take');
    for (const [side, bomb] of bombs) await send(`a bomb of ${side} x ${side}`, bomb, 'bomb.png', 'refuse');
    await send('a picture cut off', good.subarray(0, good.length - 200), 'cut.png', 'refuse');
    await send(
      'an SVG',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`),
      'a.svg',
      'refuse',
      'image/svg+xml',
    );
    await send(
      'an SVG called png',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"/>`),
      'a.png',
      'refuse',
    );
    await send('a page called png', Buffer.from(`<html>${PAYLOAD}</html>`), 'a.png', 'refuse');
    await send('GIF89a and a script', Buffer.from(`GIF89a/*${PAYLOAD}*/`), 'a.gif', 'refuse', 'image/gif');
    await send('nothing', Buffer.alloc(0), 'a.png', 'refuse');
  }
  const growth = residentMegabytes(pid) - resident;
  if (growth > MOST_GROWTH_MB) problems.push(`the program grew by ${Math.round(growth)} MiB`);
  const own = /^data\/uploads\/products\/[0-9a-f]{32}_\d{14}\.(png|jpe?g|gif|webp)$/;
  for (const path of listing(stage.folder))
    if (!before.has(path) && !own.test(path)) problems.push(`a new file at ${path}`);
  await shop.close();
  const reached = `${counts.taken} taken and re-encoded, ${counts.refused} refused, +${Math.round(growth)} MiB; ${problems.length} problems`;
  return { reached, work: Math.min(counts.taken, counts.refused), floor: times * 3, problems };
}

/** Every file, but for the database's own and the logs. */
function listing(folder: string): Set<string> {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(
    all.filter(
      (path) => statSync(join(folder, path)).isFile() && !/(\.db(-wal|-shm)?|\.log|shop\.lock.*)$/.test(path),
    ),
  );
}
