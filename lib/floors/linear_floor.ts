import { fitLogistic, type LogisticModel, predictLogistic } from "../statistics/mod.ts";
import type { FloorAnswers, FloorModel, FloorOptions, RowFeatures } from "./floor_model.ts";
import { judgeFloor, labelsOf, rowStatistics, standardiseRows, takeRows } from "./floor_model.ts";
import { fitMetadata, metadataValues } from "../metadata/mod.ts";

/**
 * What a linear model reaches on fixed features, e.g. the mean log-Mel spectrum of each row: multinomial logistic regression
 * on the training rows, standardised by them. One call a fold is enough, whatever the number of seeds.
 *
 * @returns predictions of the validation and the test rows.
 */
export function linearFloor(features: RowFeatures, options: FloorOptions): FloorAnswers {
  return judgeFloor(linearModel(features, options), options);
}

/** What the fitted model of {@linkcode linearFloor} says. */
export function linearModel(features: RowFeatures, options: LinearOptions): FloorModel {
  const values = Float64Array.from(features.values), model = fitLinear(features, options);
  return (of) => predictLogistic(model, takeRows(values, of, features.width));
}

type LinearOptions = Pick<FloorOptions, "rows" | "fold" | "classes">;

/** The fitted model of {@linkcode linearFloor}, of features as they are. */
export function fitLinear(features: RowFeatures, { rows, fold, classes }: LinearOptions): LogisticModel {
  const { width } = features;
  const { mean, scale } = rowStatistics(features, fold.train), values = standardiseRows(features, fold.train);
  const labels = labelsOf(rows, classes);
  const tolerance = 1e-3 * Math.sqrt(fold.train.length); // of a gradient that sums over the rows
  const known = takeRows(values, fold.train, width), truth = fold.train.map((row) => labels[row]);
  const { size, coefficients } = fitLogistic(known, truth, { size: classes.length, width, tolerance });
  for (let start = 0; start < coefficients.length; start += width + 1) {
    for (let f = 0; f < width; f++) {
      coefficients[start + f] *= scale[f];
      coefficients[start + width] -= coefficients[start + f] * mean[f];
    }
  }
  return { size, width, coefficients };
}

/** What a linear model reaches that is given the same metadata as the network and hears nothing. */
export function metadataFloor(names: readonly string[], options: FloorOptions): FloorAnswers {
  const { rows, fold } = options;
  const columns = fitMetadata(Array.from(fold.train, (row) => rows[row].attributes), names);
  const width = columns.length, values = new Float64Array(rows.length * width);
  rows.forEach(({ attributes }, row) => values.set(metadataValues(columns, attributes), row * width));
  return linearFloor({ width, values }, options);
}
