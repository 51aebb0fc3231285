import type { LayersModel } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { gradCam } from "../../explain/grad_cam.ts";
import { inputWindows } from "../../features/input_windows.ts";
import { openInput } from "../../features/open_input.ts";
import { standardise } from "../../training/feature_statistics.ts";
import type { Bundle } from "../../runs/bundle/bundle_schema.ts";
import type { Sound } from "./read_sound.ts";

export interface ExplainSoundOptions {
  bundle: Bundle;
  /** The network of the bundle's first member. */
  model: LayersModel;
  /** The class that was said. */
  label: string;
}

/** Windows that are explained at most: each takes a forward and a backward pass. */
const MOST = 24;

/**
 * Where the first network looked: Grad-CAM of each window, laid on the frames of the whole recording.
 *
 * @returns `[frames, bands]`, 0 to 1; `null` for a network without maps or by frame, or a recording of very many windows.
 */
export async function explainSound(sound: Sound, options: ExplainSoundOptions): Promise<Float32Array | null> {
  const { bundle, model, label } = options;
  if (bundle.frameAnswers) return null; // its frames say themselves where it heard what
  const input = openInput(bundle.input);
  if (input.frames === 1) return null; // one row has no place to look at
  const prepared = input.prepare(sound.samples, sound);
  const end = prepared.length / input.sampleRate;
  const windows = inputWindows(prepared, { start: 0, end, input });
  if (windows.length > MOST) return null;
  const [{ mean, std }] = bundle.members;
  const statistics = { mean: Float32Array.from(mean), std: Float32Array.from(std) };
  const heat = new Float32Array((await input.compute(prepared)).length / bundle.channels);
  for (const window of windows) {
    const data = await input.compute(window.samples, window.from);
    standardise(data, statistics);
    const map = await gradCam(model, data, { classIndex: bundle.classes.indexOf(label) }).catch((error) => {
      if (error instanceof InputError) return null;
      throw error;
    });
    if (map === null) return null;
    const first = Math.round(window.start / input.axes.hop);
    // Where windows overlap, the warmer counts; padding behind a short recording falls away.
    for (let i = 0; i < map.heat.length && first * bundle.bands + i < heat.length; i++) {
      const at = first * bundle.bands + i;
      heat[at] = Math.max(heat[at], map.heat[i]);
    }
  }
  return heat;
}
