import { expect } from "expect";
import { checkTrainingOptions, type TrainingOptions, trainingOptions } from "./mod.ts";

const check = (options: TrainingOptions) => checkTrainingOptions(trainingOptions.parse(options));

Deno.test("checkTrainingOptions() refuses layers that would never learn, and beside a linear probe what only steps can follow", () => {
  const layerRates = [{ layers: "^encoder/", rate: 0.1, thaw: 4 }];
  check({ epochs: 4, layerRates });
  expect(() => check({ epochs: 3, layerRates })).toThrow(/within 3 epochs .*"\^encoder\/", which thaw in epoch 4/);
  check({ batchSize: 4, accumulate: 4 });
  expect(() => check({ batchSize: 4, accumulate: 5 })).toThrow(/at most as many parts .*, 4 but found 5/);
  expect(() => check({ linearProbe: {}, accumulate: 2 })).toThrow(/found accumulate/);
  check({ linearProbe: {}, sampler: "class-balanced" });
  const augment = [{ kind: "time-shift" as const }];
  expect(() => check({ linearProbe: {}, augment, layerRates })).toThrow(
    /a linear probe alone.* found augment, layerRates/,
  );
});
