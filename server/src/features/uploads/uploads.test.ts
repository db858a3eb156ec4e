// Contract 2.4 and the files of 2.1: uploading, deleting and serving pictures.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import {
  form,
  hugeGif,
  hugeJpeg,
  hugePng,
  insertPngSize,
  insertPngText,
  picture,
  rawForm,
} from '../../../test/pictures.ts';
import { type Answer, openTestShop, type TestShop } from '../../../test/test-shop.ts';

const LIMIT = 5 * 1024 * 1024;
const INVALID_TYPE = 'Invalid file type. Allowed types: png, jpg, jpeg, gif, webp';

describe('uploads', () => {
  let shop: TestShop;
  let png: Buffer;
  const upload = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    shop.send('POST', '/api/uploads/image', { body, headers });
  const files = (): string[] => {
    const folder = join(shop.dataDir, 'uploads', 'products');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };
  const fetchImage = (url: string, headers: Record<string, string> = {}) =>
    fetch(shop.origin + url, { headers });
  before(async () => {
    shop = await openTestShop();
    png = await picture('png');
  });
  after(() => shop.close());

  it('stores a picture of each type and serves it to everyone', async () => {
    for (const [format, name, stored] of [
      ['png', 'Ring.PNG', 'png'],
      ['jpeg', 'ring.jpg', 'jpg'],
      ['jpeg', 'ring.JPEG', 'jpeg'],
      ['gif', 'ring.gif', 'gif'],
      ['webp', 'ring.webp', 'webp'],
      ['jpeg', 'a name that lies.png', 'jpg'],
    ] as const) {
      const { status, body } = await upload(form(await picture(format), name));
      assert.equal(status, 201, JSON.stringify(body));
      assert.equal(body.message, 'Image uploaded successfully');
      assert.match(body.data.filename, new RegExp(`^[0-9a-f]{32}_20260115103000\\.${stored}$`));
      assert.equal(body.data.image_url, `/uploads/products/${body.data.filename}`);
      const served = await fetchImage(body.data.image_url);
      assert.equal(served.status, 200);
      assert.equal(served.headers.get('content-type'), `image/${format}`);
      assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(served.headers.get('content-security-policy'), "default-src 'none'");
      assert.equal(served.headers.get('cache-control'), 'no-cache');
      const { format: got, width, height } = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
      assert.deepEqual({ got, width, height }, { got: format, width: 40, height: 30 });
    }
  });

  it('answers conditional requests and HEAD', async () => {
    const { body } = await upload(form(png));
    const first = await fetchImage(body.data.image_url);
    const tag = first.headers.get('etag') ?? '';
    const date = first.headers.get('last-modified') ?? '';
    assert.equal(date, 'Thu, 15 Jan 2026 10:30:00 GMT');
    for (const headers of [
      { 'if-none-match': tag },
      { 'if-none-match': `"other", W/${tag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': date },
      { 'if-modified-since': 'Fri, 16 Jan 2026 00:00:00 GMT' },
    ]) {
      const answer = await fetchImage(body.data.image_url, headers as Record<string, string>);
      assert.equal(answer.status, 304, JSON.stringify(headers));
      assert.equal(answer.headers.get('etag'), tag);
      assert.equal((await answer.arrayBuffer()).byteLength, 0);
    }
    for (const headers of [
      { 'if-none-match': '"other"', 'if-modified-since': date },
      { 'if-modified-since': 'Wed, 14 Jan 2026 00:00:00 GMT' },
      { 'if-modified-since': 'no date' },
    ]) {
      assert.equal((await fetchImage(body.data.image_url, headers as Record<string, string>)).status, 200);
    }
    const head = await fetch(shop.origin + body.data.image_url, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-length'), String((await first.arrayBuffer()).byteLength));
  });

  it('refuses in the words of the contract, and leaves nothing behind', async () => {
    const before = files();
    const noFile = new FormData();
    noFile.set('other', 'x');
    const text = new FormData();
    text.set('image', 'not a file');
    const cases: [string, Promise<Answer>, string][] = [
      ['no file field', upload(noFile), 'No image file provided'],
      ['another field', upload(form(png, 'a.png', 'picture')), 'No image file provided'],
      ['a text of that name', upload(text), 'No image file provided'],
      ['JSON', upload({ image: 'x' }), 'No image file provided'],
      ['nothing', shop.send('POST', '/api/uploads/image'), 'No image file provided'],
      ['a file without extension', upload(form(png, 'ring')), INVALID_TYPE],
      ['another extension', upload(form(png, 'ring.svg')), INVALID_TYPE],
      ['a text file', upload(form('hello', 'ring.txt', 'image', 'text/plain')), INVALID_TYPE],
      ['a text named png', upload(form('hello', 'ring.png')), INVALID_TYPE],
      ['an empty file', upload(form('', 'ring.png')), INVALID_TYPE],
      [
        'too large',
        upload(form(Buffer.concat([png, Buffer.alloc(LIMIT)]))),
        'File size exceeds maximum limit of 5MB',
      ],
      [
        'too large text',
        upload(form(Buffer.alloc(LIMIT + 1), 'a.txt')),
        'File size exceeds maximum limit of 5MB',
      ],
    ];
    for (const [what, answer, message] of cases) {
      const { status, body } = await answer;
      assert.equal(status, 400, what);
      assert.equal(body.error.message, message, what);
    }
    const unnamed = rawForm('name="image"; filename=""', png);
    const empty = await upload(unnamed.body, { 'content-type': unnamed.type });
    assert.equal(empty.body.error.message, 'No file selected');
    assert.deepEqual(files(), before);
  });

  it('takes 5 MiB and not a byte more', async () => {
    const padded = (size: number): Buffer => Buffer.concat([png, Buffer.alloc(size - png.length)]);
    assert.equal((await upload(form(padded(LIMIT)))).status, 201);
    const { status, body } = await upload(form(padded(LIMIT + 1)));
    assert.equal(status, 400);
    assert.equal(body.error.message, 'File size exceeds maximum limit of 5MB');
  });

  it('answers an endless or broken form without reading or keeping it all', async () => {
    const huge = await upload(form(Buffer.alloc(20 * 1024 * 1024)));
    assert.equal(huge.status, 400);
    assert.equal(huge.body.error.message, 'File size exceeds maximum limit of 5MB');
    const skipped = form(Buffer.alloc(8 * 1024 * 1024), 'a.png', 'other');
    assert.equal((await upload(skipped)).status, 400);
    assert.equal(await chunked(Buffer.alloc(64 * 1024), 160), 400);
    const noBoundary = await upload(Buffer.from('x'), { 'content-type': 'multipart/form-data' });
    assert.equal(noBoundary.status, 400);
    const cut = rawForm('name="image"; filename="a.png"', png).body.subarray(0, 120);
    const broken = await upload(cut, { 'content-type': 'multipart/form-data; boundary=X' });
    assert.equal(broken.status, 400);
    const many = new FormData();
    for (let i = 0; i < 60; i++) many.append('f', String(i));
    assert.equal((await upload(many)).status, 400);
    assert.equal((await upload(form(png))).status, 201, 'and goes on');
  });

  /** Sends a form in chunks without saying how long it will be; answers the status. */
  function chunked(block: Buffer, times: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${shop.origin}/api/uploads/image`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${shop.adminToken}`,
          'content-type': 'multipart/form-data; boundary=X',
          'transfer-encoding': 'chunked',
        },
      });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject);
      sent.write('--X\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n');
      for (let i = 0; i < times; i++) sent.write(block);
      sent.end('\r\n--X--\r\n');
    });
  }

  it('refuses what looks like a picture and is none, is cut off, or is another kind of picture', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    const tiff = await sharp(png).tiff().toBuffer();
    const avif = await sharp(png).avif().toBuffer();
    const noise = Buffer.from(Array.from({ length: 120 * 120 * 3 }, (_, i) => (i * 7919) % 251));
    const photo = sharp(noise, { raw: { width: 120, height: 120, channels: 3 } });
    const jpeg = await photo.clone().jpeg().toBuffer();
    const largePng = await photo.clone().png().toBuffer();
    const bad: [string, Uint8Array | string][] = [
      ['svg', svg],
      ['svg behind white space', `\n\n  ${svg}`],
      ['html', '<html><script>alert(1)</script></html>'],
      ['html behind a PNG signature', Buffer.concat([png.subarray(0, 8), Buffer.from('<script>')])],
      ['html behind a GIF signature', 'GIF89a<script>alert(1)</script>'],
      ['html behind a JPEG signature', Buffer.concat([jpeg.subarray(0, 3), Buffer.from('<script>')])],
      ['tiff', tiff],
      ['avif', avif],
      ['pdf', '%PDF-1.4 ...'],
      ['zip', 'PK\x03\x04aaaa'],
      ['half a JPEG', jpeg.subarray(0, jpeg.length / 2)],
      ['half a PNG', largePng.subarray(0, largePng.length / 2)],
      ['a PNG header only', png.subarray(0, 33)],
    ];
    const before = files();
    for (const [what, bytes] of bad) {
      const { status, body } = await upload(form(bytes));
      assert.equal(status, 400, what);
      assert.equal(body.error.message, INVALID_TYPE, what);
      assert.equal(body.error.type, 'unsupported_file', what);
      // The name is that of a picture, so it is not the kind of file that is wrong.
      const limit = 'must be a whole picture of the kind that its name says';
      assert.deepEqual(body.error.fields, [{ field: 'image', rule: 'readable', limit }], what);
    }
    const { body } = await upload(form('%PDF-1.4 ...', 'bill.pdf'));
    assert.deepEqual([body.error.type, body.error.fields], ['unsupported_file', undefined]);
    assert.deepEqual(files(), before);
  });

  it('stores a new picture, never the bytes that came: no metadata, nothing behind it', async () => {
    const camera = await sharp(await picture('jpeg', 60, 20))
      .withExif({ IFD0: { Copyright: 'SECRET-PLACE', Artist: 'SECRET-NAME' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const polyglot = Buffer.concat([camera, Buffer.from('<script>alert(1)</script>PK\x03\x04evil')]);
    const { body } = await upload(form(polyglot, 'photo.jpg'));
    const stored = readFileSync(join(shop.dataDir, 'uploads', 'products', body.data.filename));
    for (const hidden of ['SECRET', '<script>', 'PK\x03\x04', 'Exif']) {
      assert.ok(!stored.includes(hidden), hidden);
    }
    const meta = await sharp(stored).metadata();
    assert.deepEqual([meta.width, meta.height, meta.exif], [20, 60, undefined], 'turned upright');
    const comment = await upload(form(insertPngText(png, 'Comment', '<?php system($_GET[0]); ?>')));
    const clean = readFileSync(join(shop.dataDir, 'uploads', 'products', comment.body.data.filename));
    assert.ok(!clean.includes('<?php'));
  });

  it('makes large pictures smaller and refuses bombs', async () => {
    const wide = await upload(form(await picture('png', 4100, 1000)));
    const served = await fetchImage(wide.body.data.image_url);
    const meta = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
    assert.deepEqual([meta.width, meta.height], [2000, 488]);
    const rss = process.memoryUsage().rss;
    for (const [format, bomb] of [
      ['png', hugePng(7200, 7200)],
      ['jpeg', await hugeJpeg(7200, 7200)],
    ] as const) {
      assert.ok(bomb.length < LIMIT);
      const { status, body } = await upload(form(bomb, `bomb.${format}`));
      assert.equal(status, 400, format);
      assert.match(body.error.details, /million pixels/);
      assert.deepEqual(body.error.fields, [
        { field: 'image', rule: 'pixels', limit: 'at most 50 million pixels' },
      ]);
    }
    const gif = await upload(form(hugeGif(5000, 5000), 'bomb.gif'));
    assert.match(gif.body.error.details, /24 million pixels/);
    assert.equal(gif.body.error.fields[0].limit, 'at most 24 million pixels');
    const background = { r: 200, g: 120, b: 20 };
    const wideOpen = sharp({ create: { width: 5000, height: 5000, channels: 3, background } });
    const layered = await wideOpen.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer();
    const refused = await upload(form(layered, 'layered.jpg'));
    assert.match(
      refused.body.error.details,
      /24 million pixels/,
      'it is held whole until its last layer came',
    );
    const declared = insertPngSize(png, 60_000, 60_000);
    assert.equal((await upload(form(declared))).status, 400);
    assert.ok(process.memoryUsage().rss - rss < 300 * 1024 * 1024);
  });

  it('keeps a small moving picture moving', async () => {
    const frame = (red: number) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 0, b: 0 } } })
        .png()
        .toBuffer();
    const moving = await sharp(await Promise.all([frame(250), frame(10), frame(120)]), {
      join: { animated: true },
    })
      .gif()
      .toBuffer();
    const { body } = await upload(form(moving, 'a.gif'));
    const stored = readFileSync(join(shop.dataDir, 'uploads', 'products', body.data.filename));
    assert.equal((await sharp(stored, { animated: true }).metadata()).pages, 3);
  });

  it('never lets a name lead anywhere', async () => {
    for (const name of [
      '../../../evil.png',
      '..\\..\\evil.png',
      '/etc/evil.png',
      'evil\0.png',
      `${'a'.repeat(3000)}.png`,
      '.png',
      'CON.png',
      'x.php.png',
    ]) {
      const { body, type } = rawForm(`name="image"; filename="${name}"`, png);
      const answer = await upload(body, { 'content-type': type });
      assert.ok(answer.status === 201 || answer.status === 400, name);
      if (answer.status === 201) assert.match(answer.body.data.filename, /^[0-9a-f]{32}_\d{14}\.png$/);
    }
    assert.ok(!existsSync(join(shop.dataDir, 'evil.png')));
    for (const file of files()) assert.match(file, /^[0-9a-f]{32}_\d{14}\.(png|jpe?g|gif|webp)$/);
    writeFileSync(join(shop.dataDir, 'uploads', 'secret.png'), 'secret');
    for (const path of [
      '..%2Fsecret.png',
      '%2e%2e/secret.png',
      '../secret.png',
      '..%5Csecret.png',
      'secret.png',
      '%00',
      'a%00.png',
      '..%2F..%2Fshop.db',
      '',
      'x'.repeat(290),
    ]) {
      const answer = await shop.send('GET', `/uploads/products/${path}`, { token: null });
      assert.equal(answer.status, 404, path);
      assert.equal(answer.body.success, false, path);
    }
  });

  it('answers a repeated key with the first picture, and compares the file', async () => {
    const headers = { 'idempotency-key': 'picture-1' };
    const before = files().length;
    const [a, b] = await Promise.all([upload(form(png), headers), upload(form(png), headers)]);
    assert.equal(a.status, 201);
    assert.equal(a.text, b.text);
    assert.equal(files().length, before + 1);
    const other = await upload(form(await picture('png', 9, 9)), headers);
    assert.equal(other.status, 422);
    const twice = await Promise.all([upload(form(png)), upload(form(png))]);
    assert.notEqual(twice[0]?.body.data.filename, twice[1]?.body.data.filename);
  });

  it('deletes a picture once', async () => {
    const { body } = await upload(form(png));
    const { filename, image_url: url } = body.data;
    const path = `/api/uploads/image/${filename}`;
    const done = await shop.send('DELETE', path);
    assert.equal(done.status, 200);
    assert.deepEqual(done.body, { success: true, message: 'Image deleted successfully' });
    assert.ok(!files().includes(filename));
    assert.equal((await fetchImage(url)).status, 404);
    const again = await shop.send('DELETE', path);
    assert.equal(again.status, 404);
    assert.equal(again.body.error.message, 'Image not found');
    for (const [name, status, message] of [
      ['..x.png', 400, 'Invalid filename'],
      ['a..png', 400, 'Invalid filename'],
      ['..%2F..%2Fshop.db', 404, 'Image not found'],
      ['nothing.png', 404, 'Image not found'],
      ['%00', 404, 'Image not found'],
    ] as const) {
      const refused = await shop.send('DELETE', `/api/uploads/image/${name}`);
      assert.equal(refused.status, status, name);
      assert.equal(refused.body.error.message, message, name);
    }
    assert.ok(existsSync(join(shop.dataDir, 'shop.db')));
  });

  it('keeps out strangers and accounts without the permission, before reading the file', async () => {
    const user = await shop.signIn('user');
    const staff = await shop.signIn('staff');
    const writer = await shop.signIn('staff', ['catalogue.write']);
    const send = (token: string | null, method: string, path: string, body?: unknown) =>
      shop.send(method, path, { token, body });
    assert.equal((await send(null, 'POST', '/api/uploads/image', form(png))).status, 401);
    assert.equal((await send(null, 'DELETE', '/api/uploads/image/x.png')).status, 401);
    for (const token of [user, staff]) {
      const refused = await send(token, 'POST', '/api/uploads/image', form('x', 'x.txt'));
      assert.equal(refused.status, 403);
      assert.match(refused.body.error.details, /catalogue\.write/);
      assert.equal((await send(token, 'DELETE', '/api/uploads/image/x.png')).status, 403);
    }
    assert.equal((await send(writer, 'POST', '/api/uploads/image', form(png))).status, 201);
  });
});
