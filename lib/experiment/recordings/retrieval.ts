import type { ManifestRow } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";

/** Two windows of one recording, its first and its last. */
export interface RecordingPair {
  /** The manifest row that the first is of. */
  row: number;
  windows: [number, number];
  /** Those among which its second window is looked for. */
  group: number;
}

/**
 * A pair of each recording of some rows that has two windows, in groups of about as many as `candidates` says. Recordings of
 * one subject stand in different groups where there are enough of these.
 *
 * @throws {DataError} where fewer than two recordings have two windows.
 */
export function recordingPairs(
  windows: LabelledWindows,
  rows: readonly ManifestRow[],
  { of, candidates, seed }: { of: Int32Array; candidates: number; seed: number },
): RecordingPair[] {
  const byRecording = Map.groupBy(windows.of(of), (window) => rows[windows.rows[window]].recording);
  const several = [...byRecording.values()].filter(({ length }) => length > 1);
  if (several.length < 2) {
    const expected = "at least 2 recordings of two windows in each part";
    const remedy = "let input.seconds be half of a recording at most, or input.hop be less than that";
    throw new DataError({ expected, found: `${several.length}`, where: "input", remedy });
  }
  const groups = Math.max(1, Math.floor(several.length / candidates));
  const drawn = randomStream(seed, "retrieval").shuffle(several)
    .map((own) => ({ row: windows.rows[own[0]], windows: [own[0], own.at(-1)!] as [number, number] }));
  return drawn.toSorted((a, b) => subjectKey(rows[a.row]).localeCompare(subjectKey(rows[b.row]), "en"))
    .map((pair, i) => ({ ...pair, group: i % groups }));
}

/** Looks for the second window of each pair by its first; how probable it was. Equally similar ones are not told apart. */
export function retrieve(pairs: readonly RecordingPair[], similarity: (first: number, second: number) => number) {
  const members = Map.groupBy(pairs.keys(), (i) => pairs[i].group);
  return pairs.map(({ row, group }, i) => {
    const own = similarity(i, i);
    const others = members.get(group)!.filter((j) => j !== i).map((j) => similarity(i, j));
    const rest = others.reduce((sum, other) => sum + Math.exp(other - own), 0);
    return { row, found: others.every((other) => other < own), probability: 1 / (1 + rest) };
  });
}

/** The similarity that the contrastive loss makes large, of outputs `[2 pairs, 2 dimension]` in the order of the pairs. */
export function bilinear(outputs: Float32Array, dimension: number): (first: number, second: number) => number {
  return (first, second) => {
    const asks = 2 * first * 2 * dimension, answers = (2 * second + 1) * 2 * dimension + dimension;
    let sum = 0;
    for (let k = 0; k < dimension; k++) sum += outputs[asks + k] * outputs[answers + k];
    return sum / Math.sqrt(dimension);
  };
}

/** The cosine of vectors `[2 pairs, width]`, each of whose numbers is standardised over all of them. */
export function cosine(vectors: Float32Array, width: number): (first: number, second: number) => number {
  const count = vectors.length / width;
  const scaled = Float64Array.from(vectors);
  for (let column = 0; column < width; column++) {
    const values = Array.from({ length: count }, (_, i) => vectors[i * width + column]);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count) || 1;
    values.forEach((value, i) => scaled[i * width + column] = (value - mean) / deviation);
  }
  const row = (i: number) => scaled.subarray(i * width, (i + 1) * width);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k], 0);
  const norms = Array.from({ length: count }, (_, i) => Math.sqrt(dot(row(i), row(i))) || 1);
  return (first, second) => {
    const a = 2 * first, b = 2 * second + 1;
    return dot(row(a), row(b)) / norms[a] / norms[b];
  };
}
