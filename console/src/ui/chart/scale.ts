// From figures to pixels, and the round figures that stand at an axis.

export interface Scale {
  low: number;
  high: number;
  ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Covers the figures with round ends; `fromZero` for amounts, whose bars must not lie. */
export function niceScale(figures: readonly number[], fromZero: boolean, about = 4): Scale {
  const least = Math.min(...figures, ...(fromZero ? [0] : []));
  const most = Math.max(...figures, ...(fromZero ? [0] : []));
  const span = most - least || Math.abs(most) || 1;
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((each) => each * power >= rough) ?? 10) * power;
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + index * step);
  return { low, high, ticks };
}

/** The path of a line through points; a gap where a figure is missing. */
export function linePath(points: readonly (readonly [number, number] | null)[]): string {
  let isDown = false;
  let path = '';
  for (const point of points) {
    if (point !== null) path += `${isDown ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    isDown = point !== null;
  }
  return path;
}

/** The outline of a band: along its upper edge and back along the lower one. */
export function bandPath(
  points: readonly (readonly [x: number, low: number, high: number] | null)[],
): string {
  const there = points.filter((point) => point !== null);
  if (there.length === 0) return '';
  const upper = there.map(([x, , high]) => `${x.toFixed(1)} ${high.toFixed(1)}`);
  const lower = there.map(([x, low]) => `${x.toFixed(1)} ${low.toFixed(1)}`).reverse();
  return `M${[...upper, ...lower].join('L')}Z`;
}
