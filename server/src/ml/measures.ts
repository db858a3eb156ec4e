// Measures of an item beside its size and grades, and the ratios that say more than the measures themselves.

/**
 * Total depth and table in per cent of the width, and length, width and height in millimetres; null where unknown.
 * Values that no real item can have (a zero, a typing error) count as unknown.
 */
export type Measures = {
  readonly depth: number | null;
  readonly table: number | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly z: number | null;
};

/** The same in columns; NaN is not allowed, 0 stands for unknown. */
export type MeasureColumns = {
  readonly depth: Float64Array;
  readonly table: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
};

/** Columns that `measureFeatures` gives. */
export const MEASURE_FEATURES = 7;

// Medians of the reference data (ggplot2 diamonds, 53,940 rows): what is assumed where measures are unknown.
const TYPICAL_DEPTH = 61.8;
const TYPICAL_TABLE = 57;
const TYPICAL_WIDTH = 6.42;
const TYPICAL_VOLUME = 163.5;

/**
 * Depth, table, length, and four ratios: width against the cube root of the size, volume against the size, length
 * against width, and how far the height is from the depth. With impossible or unknown millimetres the ratios are
 * neutral: those of a typical item. `plausible` says whether all five are possible, and so were used.
 */
export function measureFeatures(
  size: number,
  { depth, table, x, y, z }: Measures,
  features: Float64Array,
): { plausible: boolean } {
  const root = Math.cbrt(size);
  const possibleDepth = within(depth, 40, 80);
  const possibleTable = within(table, 40, 96);
  features[0] = possibleDepth ?? TYPICAL_DEPTH;
  features[1] = possibleTable ?? TYPICAL_TABLE;
  const length = x ?? 0;
  const width = y ?? 0;
  const height = z ?? 0;
  const ratios = [
    (length + width) / 2 / root,
    (length * width * height) / size,
    length / width,
    (200 * height) / (length + width) - features[0],
  ] as const;
  const plausible =
    within(ratios[0], 5.8, 7.2) !== null &&
    within(ratios[1], 140, 190) !== null &&
    within(ratios[2], 0.9, 1.1) !== null &&
    within(ratios[3], -4, 4) !== null;
  features[2] = plausible ? length : TYPICAL_WIDTH * root;
  features[3] = plausible ? ratios[0] : TYPICAL_WIDTH;
  features[4] = plausible ? ratios[1] : TYPICAL_VOLUME;
  features[5] = plausible ? ratios[2] : 1;
  features[6] = plausible ? ratios[3] : 0;
  return { plausible: plausible && possibleDepth !== null && possibleTable !== null };
}

/** The features of many items, as columns. */
export function measureFeatureColumns(sizes: Float64Array, columns: MeasureColumns): Float64Array[] {
  const { depth, table, x, y, z } = columns;
  const result = Array.from({ length: MEASURE_FEATURES }, () => new Float64Array(sizes.length));
  const features = new Float64Array(MEASURE_FEATURES);
  for (let row = 0; row < sizes.length; row++) {
    const measures = { depth: depth[row]!, table: table[row]!, x: x[row]!, y: y[row]!, z: z[row]! };
    measureFeatures(sizes[row]!, measures, features);
    features.forEach((value, index) => {
      result[index]![row] = value;
    });
  }
  return result;
}

function within(value: number | null, least: number, most: number): number | null {
  return value !== null && value >= least && value <= most ? value : null;
}
