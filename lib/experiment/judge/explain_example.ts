import type { LayersModel } from "@tensorflow/tfjs";
import { join } from "node:path";
import type { Manifest } from "../../datasets/mod.ts";
import { InputError } from "../../errors/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { gradCam } from "../../explain/mod.ts";
import { windowSize } from "../../features/mod.ts";
import { type BundleMember, loadModel, type Run } from "../../runs/mod.ts";
import { standardise } from "../../training/mod.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";

/**
 * Explains predictions of a finished run by the size of a clip (`hop`: s from frame to frame): for each,
 * `[frames, bands]` from 0 to 1, where the (first) network of its fold looked when it gave its answer (Grad-CAM, the mean
 * over the windows that overlap); `undefined` for a network without maps, or that is given more than the sound.
 */
export async function exampleExplainer(
  run: Run,
  { manifest, windows }: { manifest: Manifest; windows: LabelledWindows },
): Promise<
  (one: Prediction, shape: { frames: number; bands: number; hop: number }) => Promise<Float32Array | undefined>
> {
  const { members, classes } = await run.bundle();
  const models = new Map<string, Promise<LayersModel>>();
  // tfjs runs one backend at a time; wasm is the fast one that is always there.
  const { loadBackend, onBackend } = await import("../../engines/tfjs/backend.ts");
  await loadBackend("wasm");
  return async (one, shape) => {
    const member = members.find(({ fold, outer, seed }) => (outer ?? fold) === one.fold && seed === one.seed)!;
    if (member.metadata) return undefined; // its frames are not those of the clip alone
    const model = await (models.get(member.model) ?? remember(member));
    const row = manifest.rows.findIndex(({ recording, start }) => recording === one.recording && start === one.start);
    const classIndex = classes.indexOf(one.predicted);
    const heat = new Float32Array(shape.frames * shape.bands), seen = new Float32Array(shape.frames);
    for (const window of windows.of(Int32Array.of(row))) {
      const input = new Float32Array(windowSize(windows));
      windows.read(window, input, 0);
      standardise(input, { mean: Float32Array.from(member.mean), std: Float32Array.from(member.std) });
      const map = await onBackend("wasm", () => gradCam(model, input, { classIndex })).catch((error) => {
        if (error instanceof InputError) return undefined; // no convolutional maps
        throw error;
      });
      if (map === undefined) return undefined;
      const first = Math.round((windows.starts[window] - one.start) / shape.hop);
      for (let frame = Math.max(0, -first); frame < windows.frames && first + frame < shape.frames; frame++) {
        seen[first + frame]++;
        for (let band = 0; band < shape.bands; band++) {
          heat[(first + frame) * shape.bands + band] += map.heat[frame * shape.bands + band];
        }
      }
    }
    return heat.map((value, i) => value / Math.max(1, seen[Math.floor(i / shape.bands)]));
  };

  function remember(member: BundleMember): Promise<LayersModel> {
    const model = loadModel(join(run.path("model"), member.model));
    models.set(member.model, model);
    return model;
  }
}
