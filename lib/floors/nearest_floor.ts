import type { FloorAnswers, FloorOptions, RowFeatures } from "./floor_model.ts";
import { judgeFloor, labelsOf, standardiseRows } from "./floor_model.ts";

/**
 * What looking up the most similar training row reaches, without any learning (1-nearest neighbour on standardised features,
 * Euclidean). Where it comes close to the network, the same sounds may stand on both sides of the split. Its probability for
 * the neighbour's class is how often the look-up is right on the validation rows (with one more right and one more wrong).
 *
 * @returns predictions of the validation and the test rows.
 */
export function nearestFloor(features: RowFeatures, options: FloorOptions): FloorAnswers {
  const { rows, fold, classes } = options;
  const { width } = features;
  const values = Float32Array.from(standardiseRows(features, fold.train));
  const labels = labelsOf(rows, classes), found = new Map<number, number>();
  const look = (row: number) =>
    found.getOrInsertComputed(row, () => labels[nearest(values, row, { among: fold.train, width })]);
  const right = fold.validation.filter((row) => look(row) === labels[row]).length;
  const sure = (right + 1) / (fold.validation.length + 2);
  const rest = (1 - sure) / (classes.length - 1);
  return judgeFloor((of) => {
    const probabilities = new Float64Array(of.length * classes.length).fill(rest);
    of.forEach((row, i) => probabilities[i * classes.length + look(row)] = sure);
    return probabilities;
  }, options);
}

function nearest(values: Float32Array, row: number, { among, width }: { among: Int32Array; width: number }): number {
  let best = among[0], bestDistance = Infinity;
  for (const other of among) {
    let distance = 0;
    for (let f = 0; f < width && distance < bestDistance; f++) {
      const gap = values[row * width + f] - values[other * width + f];
      distance += gap * gap;
    }
    if (distance < bestDistance) [best, bestDistance] = [other, distance];
  }
  return best;
}
