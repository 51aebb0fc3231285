import { InputError, TrainingError } from "../errors/mod.ts";
import type { ExampleSet } from "./example_source.ts";

/**
 * Says before the first step what would fail later, by a TrainingError or InputError: no windows, windows that aren't there,
 * labels outside the classes, windows of two shapes.
 */
export function checkFit(train: ExampleSet, validation: ExampleSet): void {
  const parts = { "the training part": train, "the validation part": validation };
  for (const [where, { source, indices }] of Object.entries(parts)) {
    if (indices.length === 0) {
      throw new TrainingError({
        expected: `windows in ${where}`,
        found: "none",
        remedy: "use fewer folds or more data",
      });
    }
    const wrong = indices.find((index) => !(source.labels[index] >= 0 && source.labels[index] < source.classes));
    if (wrong !== undefined) {
      throw new InputError({
        expected: `labels from 0 to ${source.classes - 1}`,
        found: `${source.labels[wrong]}`,
        where: `window ${wrong} of ${where}`,
      });
    }
  }
  const shape = ({ source: { frames, bands, channels, classes } }: ExampleSet) =>
    `[${frames}, ${bands}, ${channels}] with ${classes} classes`;
  if (shape(train) !== shape(validation)) {
    throw new InputError({
      expected: `validation windows like the training windows, ${shape(train)}`,
      found: shape(validation),
    });
  }
  if (train.indices.length < 2) {
    throw new TrainingError({ expected: "at least 2 training windows", found: "1", remedy: "add data" });
  }
}
