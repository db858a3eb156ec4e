// Draws the pictures of the sample shop: `npm run draw-demo` writes a WebP to server/data/demo for
// each drawing. Our own drawings, made of beads, rings and drops; nothing is copied from anywhere.

import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

const SIZE = 800;
const GOLD = 'url(#gold)';
const DARK = '#8a6420';
const PEARL = 'url(#pearl)';
const RUBY = 'url(#ruby)';
const EMERALD = 'url(#emerald)';
const DIAMOND = 'url(#diamond)';

const defs = `<defs>
${shade('gold', '#fbe9b4', '#d8a93c', '#9a6f1d')}
${shade('pearl', '#ffffff', '#f3ece0', '#c9bda9')}
${shade('ruby', '#ff9aa2', '#b3122d', '#5e0717')}
${shade('emerald', '#9fe6bd', '#16794a', '#0a3d26')}
${shade('diamond', '#ffffff', '#dbe9f2', '#9db4c4')}
<linearGradient id="band" x1="0" x2="1"><stop offset="0" stop-color="#9a6f1d"/><stop offset=".25" stop-color="#f2d584"/>
<stop offset=".5" stop-color="#cf9f35"/><stop offset=".75" stop-color="#f7e2a0"/><stop offset="1" stop-color="#8a6420"/></linearGradient>
</defs>`;

function shade(id: string, light: string, middle: string, dark: string): string {
  return `<radialGradient id="${id}" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="${light}"/>
<stop offset=".5" stop-color="${middle}"/><stop offset="1" stop-color="${dark}"/></radialGradient>`;
}

function bead(x: number, y: number, r: number, fill = GOLD): string {
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${fill}" stroke="${DARK}" stroke-width="1"/>`;
}

/** A drop that hangs from (x, y). */
function drop(x: number, y: number, length: number, fill = GOLD): string {
  const w = length * 0.42;
  return `<path d="M${x} ${y}c${w * 0.3} ${length * 0.35} ${w} ${length * 0.5} ${w} ${length * 0.7}
a${w} ${w * 0.9} 0 0 1 ${-2 * w} 0c0 ${-length * 0.2} ${w * 0.7} ${-length * 0.35} ${w} ${-length * 0.7}z" fill="${fill}" stroke="${DARK}" stroke-width="1.5"/>`;
}

/** A round setting: a ring of beads around a stone. */
function rosette(x: number, y: number, r: number, stone: string, petals = 12): string {
  const around = Array.from({ length: petals }, (_, i) => {
    const angle = (i / petals) * 2 * Math.PI;
    return bead(x + r * Math.cos(angle), y + r * Math.sin(angle), r * 0.24);
  });
  return `${bead(x, y, r * 0.98)}${around.join('')}${bead(x, y, r * 0.62, stone)}`;
}

/** Points of a hanging arc (half an ellipse), from the left end to the right one. */
function hanging(cx: number, cy: number, rx: number, ry: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const angle = Math.PI - (i / (count - 1)) * Math.PI;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

function strand(points: [number, number][], r: number, fills: string[] = [GOLD]): string {
  return points.map(([x, y], i) => bead(x, y, r, fills[i % fills.length])).join('');
}

function ring(cx: number, cy: number, rx: number, ry: number, width: number): string {
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="none" stroke="#8a6420" stroke-width="${width + 3}"/>
<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="none" stroke="url(#band)" stroke-width="${width}"/>`;
}

function bell(x: number, y: number, size: number): string {
  const beads = Array.from({ length: 7 }, (_, i) =>
    bead(x - size * 0.75 + i * size * 0.25, y + size * 0.98, size * 0.11, PEARL),
  );
  return `<path d="M${x - size * 0.85} ${y + size * 0.85}C${x - size * 0.8} ${y} ${x - size * 0.35} ${y - size * 0.1} ${x} ${y - size * 0.12}
C${x + size * 0.35} ${y - size * 0.1} ${x + size * 0.8} ${y} ${x + size * 0.85} ${y + size * 0.85}Z" fill="${GOLD}" stroke="${DARK}" stroke-width="2"/>
<path d="M${x - size * 0.72} ${y + size * 0.5}Q${x} ${y + size * 0.68} ${x + size * 0.72} ${y + size * 0.5}" fill="none" stroke="${DARK}" stroke-width="2"/>${beads.join('')}`;
}

function jhumka(x: number, y: number, size: number): string {
  return `${rosette(x, y, size * 0.42, RUBY)}${bead(x, y + size * 0.62, size * 0.12)}${bell(x, y + size * 0.86, size)}${drop(x, y + size * 1.86, size * 0.4)}`;
}

function leafPendant(x: number, y: number, size: number): string {
  return `${rosette(x, y, size * 0.5, EMERALD, 14)}
<path d="M${x - size} ${y + size * 0.35}Q${x - size * 0.5} ${y + size * 1.5} ${x} ${y + size * 1.75}Q${x + size * 0.5} ${y + size * 1.5} ${x + size} ${y + size * 0.35}Q${x + size * 0.45} ${y + size * 0.75} ${x} ${y + size * 0.6}Q${x - size * 0.45} ${y + size * 0.75} ${x - size} ${y + size * 0.35}Z" fill="${GOLD}" stroke="${DARK}" stroke-width="2"/>
${bead(x, y + size * 1.1, size * 0.22, RUBY)}${drop(x, y + size * 1.76, size * 0.5, PEARL)}`;
}

function solitaireHead(x: number, y: number, r: number): string {
  const facets = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
    const a = (i / 8) * 2 * Math.PI;
    return `<path d="M${x} ${y}L${x + r * Math.cos(a)} ${y + r * Math.sin(a)}" stroke="#8fa9ba" stroke-width="2"/>`;
  });
  const claws = [45, 135, 225, 315].map((deg) => {
    const a = (deg / 180) * Math.PI;
    return bead(x + r * 0.98 * Math.cos(a), y + r * 0.98 * Math.sin(a), r * 0.16);
  });
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${DIAMOND}" stroke="#7c93a3" stroke-width="3"/>${facets.join('')}
<circle cx="${x}" cy="${y}" r="${r * 0.52}" fill="#f7fbfd" fill-opacity=".75" stroke="#8fa9ba" stroke-width="2"/>${claws.join('')}`;
}

const PICTURES: Record<string, string> = {
  nath: [
    ring(430, 400, 210, 210, 9),
    strand(
      Array.from({ length: 9 }, (_, i): [number, number] => {
        const a = Math.PI * (0.62 + i * 0.085);
        return [430 + 210 * Math.cos(a), 400 + 210 * Math.sin(a)];
      }),
      24,
      [PEARL],
    ),
    rosette(300, 575, 62, RUBY),
    bead(392, 628, 26, EMERALD),
    bead(452, 628, 18, PEARL),
    strand(hanging(300, 580, 92, 76, 9), 11, [PEARL]),
  ].join(''),
  'pendant-set': [
    strand(hanging(400, 60, 300, 400, 47), 8),
    leafPendant(400, 500, 84),
    jhumkaDrop(150, 560),
    jhumkaDrop(650, 560),
  ].join(''),
  tika: [
    strand(
      Array.from({ length: 22 }, (_, i): [number, number] => [400, 70 + i * 15]),
      7,
    ),
    `<path d="M250 480A150 150 0 1 0 550 480A165 118 0 0 1 250 480Z" fill="${GOLD}" stroke="${DARK}" stroke-width="2"/>`,
    rosette(400, 440, 62, RUBY, 14),
    strand(hanging(400, 492, 150, 152, 17), 11, [PEARL]),
    drop(400, 640, 70, PEARL),
  ].join(''),
  necklace: [
    strand(hanging(400, 70, 300, 430, 55), 9),
    ...hanging(400, 70, 300, 430, 21)
      .slice(3, -3)
      .map(([x, y], i) => drop(x, y + 6, i % 2 ? 56 : 70)),
    rosette(400, 520, 58, RUBY),
    drop(400, 574, 90),
  ].join(''),
  choker: [
    ...[0, 1, 2, 3, 4].map((row) =>
      strand(hanging(400, 190 + row * 24, 300, 250, 41), 13, row % 2 ? [GOLD] : [GOLD, GOLD]),
    ),
    rosette(400, 500, 70, EMERALD, 16),
    ...[-90, -45, 45, 90].map((dx) => drop(400 + dx, 545 - Math.abs(dx) * 0.12, 50, PEARL)),
    drop(400, 570, 76, PEARL),
  ].join(''),
  earrings: `${jhumka(255, 230, 150)}${jhumka(545, 230, 150)}`,
  bangles: [
    ring(400, 330, 235, 120, 46),
    beadsOn(400, 330, 235, 120, 44),
    ring(400, 470, 235, 120, 46),
    beadsOn(400, 470, 235, 120, 44),
  ].join(''),
  ring: [
    ring(400, 440, 190, 200, 62),
    `<ellipse cx="400" cy="440" rx="190" ry="200" fill="none" stroke="#8a6420" stroke-width="3" stroke-dasharray="0"/>`,
  ].join(''),
  solitaire: [
    ring(400, 490, 165, 180, 30),
    `<path d="M340 320L460 320L430 260L370 260Z" fill="${GOLD}" stroke="${DARK}" stroke-width="2"/>`,
    solitaireHead(400, 225, 84),
  ].join(''),
  bracelet: [
    ...Array.from({ length: 26 }, (_, i) => {
      const a = (i / 26) * 2 * Math.PI;
      const [x, y] = [400 + 240 * Math.cos(a), 400 + 190 * Math.sin(a)];
      const turn = (Math.atan2(190 * Math.cos(a), -240 * Math.sin(a)) * 180) / Math.PI;
      return `<g transform="rotate(${turn} ${x} ${y})"><ellipse cx="${x}" cy="${y}" rx="37" ry="23" fill="none" stroke="#8a6420" stroke-width="17"/><ellipse cx="${x}" cy="${y}" rx="37" ry="23" fill="none" stroke="#e0b44c" stroke-width="13"/></g>`;
    }),
    `<rect x="352" y="562" width="96" height="56" rx="8" fill="${GOLD}" stroke="${DARK}" stroke-width="2"/>`,
    bead(400, 590, 13, RUBY),
  ].join(''),
  'bridal-set': [
    strand(hanging(400, 40, 320, 560, 61), 9, [GOLD, GOLD, PEARL]),
    strand(hanging(400, 40, 235, 380, 45), 9, [GOLD, RUBY]),
    rosette(400, 425, 48, EMERALD, 14),
    leafPendant(400, 590, 70),
    jhumka(150, 560, 72),
    jhumka(650, 560, 72),
  ].join(''),
};

function jhumkaDrop(x: number, y: number): string {
  return `${rosette(x, y, 34, EMERALD)}${drop(x, y + 34, 70)}${bead(x, y + 112, 10, PEARL)}`;
}

function beadsOn(cx: number, cy: number, rx: number, ry: number, count: number): string {
  const points = Array.from({ length: count }, (_, i): [number, number] => {
    const a = (i / count) * 2 * Math.PI;
    return [cx + (rx + 17) * Math.cos(a), cy + (ry + 17) * Math.sin(a)];
  });
  return strand(points, 6);
}

for (const [name, drawing] of Object.entries(PICTURES)) {
  const shadow = `<ellipse cx="400" cy="742" rx="220" ry="16" fill="#1d1b18" fill-opacity=".07"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}">
${defs}<rect width="${SIZE}" height="${SIZE}" fill="#f7f2e8"/>${shadow}${drawing}</svg>`;
  const image = await sharp(Buffer.from(svg)).webp({ quality: 82 }).toBuffer();
  writeFileSync(new URL(`../../../data/demo/${name}.webp`, import.meta.url), image);
}
