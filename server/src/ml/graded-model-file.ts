// The bytes of the two models for graded items. What is read is checked before it may answer: a file with a good
// checksum can still come from another program.

import type { BoostedTrees } from './boosted-trees.ts';
import { CELL_COUNT, GRID, MONOTONE_AXES } from './grade-grid.ts';
import type { GradedModel } from './graded-model.ts';
import { countFalls } from './isotonic.ts';
import type { MeasuredModel } from './measured-model.ts';
import { MEASURE_FEATURES } from './measures.ts';
import {
  ModelFileError,
  type ModelSections,
  readModelFile,
  sectionOfModel,
  writeModelFile,
} from './model-file.ts';
import { BAND_NAMES, type BandOffsets } from './residual-bands.ts';
import { LEAF } from './tree-grower.ts';

const GRADED_TYPE = 'graded-grid-1';
const MEASURED_TYPE = 'measured-trees-1';
const COLUMN_COUNT = 4 + MEASURE_FEATURES;

/** The model file of a grid; just under 3 MB with ranges. */
export function writeGradedModel({ logPrices, bands, support }: GradedModel): Uint8Array {
  return writeModelFile(GRADED_TYPE, { logPrices, support, ...bands });
}

/** The grid in a file. Throws a ModelFileError for another file, or prices that fall or lie outside their range. */
export function readGradedModel(file: Uint8Array): GradedModel {
  const sections = readModelFile(GRADED_TYPE, file);
  const logPrices = finiteGrid(sections, 'logPrices');
  const support = sectionOfModel(sections, 'support', 'u16', CELL_COUNT);
  const bands = readBands(sections);
  const grids = [logPrices, ...(bands === null ? [] : Object.values(bands))];
  if (grids.some((grid) => countFalls(grid, GRID, MONOTONE_AXES) > 0)) {
    throw new ModelFileError('the grid in the file has prices that fall where they must not');
  }
  if (bands !== null) {
    const inside = logPrices.every((price, cell) => {
      return bands.lower90[cell]! <= price && price <= bands.upper90[cell]!;
    });
    if (!inside) throw new ModelFileError('the grid in the file has prices outside their range');
  }
  return { logPrices, bands, support };
}

/** The model file of trees with measures. */
export function writeMeasuredModel({ trees, offsets, support }: MeasuredModel): Uint8Array {
  return writeModelFile(MEASURED_TYPE, {
    base: Float64Array.of(trees.base),
    cutCounts: Uint32Array.from(trees.cuts, (cuts) => cuts.length),
    cuts: Float64Array.from(trees.cuts.flatMap((cuts) => [...cuts])),
    columns: trees.nodes.columns,
    bins: trees.nodes.bins,
    leftChildren: trees.nodes.leftChildren,
    values: trees.nodes.values,
    roots: trees.roots,
    support,
    ...offsets,
  });
}

/** The model in a file. Throws a ModelFileError for another file, or trees that lead nowhere. */
export function readMeasuredModel(file: Uint8Array): MeasuredModel {
  const sections = readModelFile(MEASURED_TYPE, file);
  const support = sectionOfModel(sections, 'support', 'u16', CELL_COUNT);
  return { trees: readTrees(sections), offsets: readBands(sections), support };
}

function readBands(sections: ModelSections): BandOffsets<Float32Array> | null {
  if (!Object.hasOwn(sections, 'lower90')) return null;
  const grids = Object.fromEntries(BAND_NAMES.map((name) => [name, finiteGrid(sections, name)]));
  return grids as BandOffsets<Float32Array>;
}

function finiteGrid(sections: ModelSections, name: string): Float32Array {
  const grid = sectionOfModel(sections, name, 'f32', CELL_COUNT);
  if (!grid.every(Number.isFinite))
    throw new ModelFileError(`section "${name}" has values that are not finite`);
  return grid;
}

function readTrees(sections: ModelSections): BoostedTrees {
  const columns = sectionOfModel(sections, 'columns', 'u8');
  const count = columns.length;
  const nodes = {
    columns,
    bins: sectionOfModel(sections, 'bins', 'u8', count),
    leftChildren: sectionOfModel(sections, 'leftChildren', 'u32', count),
    values: sectionOfModel(sections, 'values', 'f32', count),
  };
  const roots = sectionOfModel(sections, 'roots', 'u32');
  const base = sectionOfModel(sections, 'base', 'f64', 1)[0]!;
  // A child always stands behind its parent, so a walk ends; and it stays within the nodes of its tree.
  const leads = (node: number, end: number): boolean =>
    columns[node] === LEAF ||
    (columns[node]! < COLUMN_COUNT &&
      nodes.leftChildren[node]! > node &&
      nodes.leftChildren[node]! + 1 < end);
  const sane = roots.every((root, tree) => {
    const end = roots[tree + 1] ?? count;
    if (root >= end || end > count) return false;
    for (let node = root; node < end; node++) if (!leads(node, end)) return false;
    return true;
  });
  if (!sane || !nodes.values.every(Number.isFinite) || !Number.isFinite(base)) {
    throw new ModelFileError('the trees in the file lead nowhere');
  }
  return { base, cuts: readCuts(sections), nodes, roots };
}

function readCuts(sections: ModelSections): Float64Array[] {
  const counts = sectionOfModel(sections, 'cutCounts', 'u32', COLUMN_COUNT);
  const whole = counts.reduce((sum, count) => sum + count, 0);
  const cuts = sectionOfModel(sections, 'cuts', 'f64', whole);
  if (!cuts.every(Number.isFinite)) throw new ModelFileError('the cuts in the file are not finite');
  let end = 0;
  return Array.from(counts, (count) => {
    end += count;
    return cuts.slice(end - count, end);
  });
}
