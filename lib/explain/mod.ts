/**
 * Where a network looked, on the axes of the log-Mel spectrogram: Grad-CAM and occlusion.
 *
 * @example Heat of the second class on a spectrogram of 8 frames and 8 bands
 * ```ts
 * import { expect } from "expect";
 * import { buildModel } from "../models/mod.ts";
 * import { gradCam } from "./mod.ts";
 * const model = await buildModel({ kind: "cnn", filters: [4] }, { frames: 8, bands: 8, channels: 1, classes: 2, seed: 0 });
 * const { heat } = await gradCam(model, new Float32Array(64).fill(1), { classIndex: 1 });
 * expect(heat.length).toBe(64);
 * ```
 *
 * @module
 */
export * from "./grad_cam.ts";
export * from "./heat_map.ts";
export * from "./occlusion.ts";
