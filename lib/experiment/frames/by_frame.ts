import { exportOnnx } from "../../engines/ort/mod.ts";
import { inputShape } from "../../features/mod.ts";
import { formatNpy } from "../../files/mod.ts";
import { type Run, saveModel } from "../../runs/mod.ts";
import { frameSource } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { FrameTargets } from "../describe/frame_targets.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import type { Way } from "../run_experiment.ts";
import { checkTargets } from "./check_targets.ts";
import { frameItems } from "./frame_items.ts";
import { judgeFrames, posteriorsFile } from "./judge_frames.ts";
import { showFrames } from "./show_frames.ts";
import { trainFrames } from "./train_frames.ts";

/** The way of an experiment whose targets are frames. */
export async function byFrame(
  run: Run,
  targets: FrameTargets,
  { experiment, manifest, folds, leaks, seed, signal }: PreparedData & {
    experiment: Experiment;
    seed: number;
    signal?: AbortSignal;
  },
): Promise<Way> {
  checkTargets(experiment, targets, manifest);
  const classes = Object.keys(targets.classes);
  const { items, passedOver } = await frameItems(manifest, { input: experiment.input, targets, signal });
  const { frames, bands, channels } = inputShape(experiment.input);
  const source = frameSource(items, { frames, bands, channels, classes: classes.length });
  const heard = items.flatMap(({ labels, times }, item) =>
    labels.length > 0 ? [{ item, start: times[0], end: times.at(-1)! }] : []
  );
  return {
    store: { windows: heard, passedOver },
    async train(fold, context) {
      const trained = await trainFrames(fold, { ...context, experiment, classes, manifest, source });
      if (trained === undefined) return false;
      const { index } = context, name = index === 0 ? "model" : `model-${index}`;
      await saveModel(run, `model/${name}`, trained.model);
      await run.write(
        `model/${name}.onnx`,
        exportOnnx(trained.model, { metadata: { classes: JSON.stringify(classes) } }),
      );
      for (const [row, data] of trained.posteriors) {
        const shape = [data.length / classes.length, classes.length];
        await run.write(posteriorsFile(index, row), formatNpy({ shape, data }));
      }
      await run.inside("folds", `${index}`).save("history", trained.history);
      return true;
    },
    async judge() {
      const histories = await Promise.all(folds.map((_, index) => run.inside("folds", `${index}`).history()));
      await run.save("history", histories.flat());
      const judged = await judgeFrames(run, { experiment, targets, manifest, items, folds, leaks, seed });
      await showFrames(run, judged, { experiment, classes, manifest, items });
    },
  };
}
