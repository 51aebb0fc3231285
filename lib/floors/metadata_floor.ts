import type { FloorAnswers, FloorOptions } from "./floor_model.ts";
import { fitMetadata, metadataValues } from "../metadata/mod.ts";
import { linearFloor } from "./linear_floor.ts";

/** What a linear model reaches that is given the same metadata as the network and hears nothing. */
export function metadataFloor(names: readonly string[], options: FloorOptions): FloorAnswers {
  const { rows, fold } = options;
  const columns = fitMetadata(Array.from(fold.train, (row) => rows[row].attributes), names);
  const width = columns.length, values = new Float64Array(rows.length * width);
  rows.forEach(({ attributes }, row) => values.set(metadataValues(columns, attributes), row * width));
  return linearFloor({ width, values }, options);
}
