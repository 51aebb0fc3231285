import { fitLogistic, predictLogistic } from "../statistics/mod.ts";
import {
  type FloorAnswers,
  type FloorModel,
  type FloorOptions,
  judgeFloor,
  labelsOf,
  type RowFeatures,
  standardiseRows,
  takeRows,
} from "./floor_model.ts";

/**
 * What a linear model reaches on fixed features, e.g. the mean log-Mel spectrum of each row: multinomial logistic regression
 * on the training rows, standardised by them. One call a fold is enough, whatever the number of seeds.
 *
 * @returns predictions of the validation and the test rows.
 */
export function linearFloor(features: RowFeatures, options: FloorOptions): FloorAnswers {
  return judgeFloor(linearModel(features, options), options);
}

/** The fitted model of {@linkcode linearFloor}. */
export function linearModel(
  features: RowFeatures,
  { rows, fold, classes }: Pick<FloorOptions, "rows" | "fold" | "classes">,
): FloorModel {
  const { width } = features;
  const values = standardiseRows(features, fold.train);
  const labels = labelsOf(rows, classes);
  const model = fitLogistic(takeRows(values, fold.train, width), fold.train.map((row) => labels[row]), {
    size: classes.length,
    width,
    tolerance: 1e-3 * Math.sqrt(fold.train.length), // of a gradient that sums over the rows
  });
  return (of) => predictLogistic(model, takeRows(values, of, width));
}
