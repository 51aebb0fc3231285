import type { LayersModel } from "@tensorflow/tfjs";
import { join } from "node:path";
import { cutSegment, encodeWav, fitLength, readRecording, resample } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { InputError } from "../../errors/mod.ts";
import { gradCam } from "../../explain/mod.ts";
import { bandNames, channelOf, drawnInput, fillOf, openInput, windowSize } from "../../features/mod.ts";
import { formatNpy } from "../../files/mod.ts";
import { loadModel, type Run, type RunExamples } from "../../runs/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { standardise } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";

const MOST = 24; // as many cards as a reader looks at
const LONGEST = 10; // seconds of a clip, so that the report stays small
const CLIP_RATE = 4000; // Hz; heart and lung sounds lie below half of it

/**
 * Writes the sound and the picture (the first channel of the input) of the test items that the network got most wrong, so that the report
 * can show and play them; with the heat of the answer that it gave (Grad-CAM) where the network has maps.
 */
export async function writeExamples(
  run: Run,
  { experiment, manifest, windows }: { experiment: Experiment; manifest: Manifest; windows: LabelledWindows },
): Promise<void> {
  const { predictions, classes } = await run.predictions();
  const worst = worstErrors(predictions.filter(({ part }) => part === "test"), classes);
  const drawn = drawnInput(experiment.input);
  const input = openInput(drawn), { bands, axes: { hop } } = input;
  const examples: RunExamples = [];
  const explain = await exampleExplainer(run, { manifest, windows });
  for (const [index, one] of worst.entries()) {
    const id = String(index + 1).padStart(2, "0");
    const end = Math.min(one.end, one.start + LONGEST);
    const whole = await readRecording(join(manifest.folder, one.recording));
    const heard = cutSegment(whole.samples, { ...whole, start: one.start, end });
    const prepared = input.prepare(whole.samples, whole);
    const seen = cutSegment(prepared, { sampleRate: input.sampleRate, start: one.start, end });
    const longer = () => fitLength(seen, Math.max(seen.length, input.shortest), fillOf(experiment.input));
    const from = { recording: prepared, timeAt: (second: number) => one.start + second };
    const shown = await input.compute(seen, from);
    // An encoder hears nothing in what is shorter than its own window.
    const data = channelOf(shown.length > 0 ? shown : await input.compute(longer(), from), input);
    const frames = data.length / bands;
    const sampleRate = Math.min(whole.sampleRate, CLIP_RATE);
    const clip = loud(resample(heard, { from: whole.sampleRate, to: sampleRate }));
    await run.write(`examples/${id}.wav`, encodeWav(clip, { sampleRate }));
    await run.write(`examples/${id}.npy`, formatNpy({ shape: [frames, bands], data }));
    const heat = drawn === experiment.input ? await explain(one, { frames, bands, hop }) : undefined;
    if (heat) await run.write(`examples/${id}.heat.npy`, formatNpy({ shape: [frames, bands], data: heat }));
    const events = manifest.events.filter(({ recording, ...event }) =>
      recording === one.recording && event.start < end && event.end > one.start
    );
    examples.push({
      ...{ ...one, id, end, sampleRate, frames, bands, hop, bandsHz: input.bandsHz },
      bandNames: input.bandsHz.length > 0 ? undefined : bandNames(input.axes),
      heat: heat !== undefined,
      events: events.map((event) => {
        const start = Math.max(0, event.start - one.start);
        return { start, end: Math.min(end, event.end) - one.start, label: event.label };
      }),
    });
  }
  await run.save("examples", examples);
}

/** Wrong answers by how little was left for the truth; under several seeds each item counts once. */
function worstErrors(predictions: readonly Prediction[], classes: readonly string[]): Prediction[] {
  const truth = (one: Prediction) => one.probabilities[classes.indexOf(one.label)];
  const wrong = predictions.filter((one) => one.predicted !== one.label).toSorted((a, b) => truth(a) - truth(b));
  const items = Map.groupBy(wrong, ({ recording, start }) => `${recording}\n${start}`);
  return [...items.values()].map(([first]) => first).slice(0, MOST);
}

/** Scaled to nine tenths of full scale: auscultation is often too quiet for a laptop. */
function loud(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return peak === 0 ? samples : samples.map((sample) => 0.9 * sample / peak);
}

/**
 * Explains predictions of a finished run by the size of a clip (`hop`: s from frame to frame): for each,
 * `[frames, bands]` from 0 to 1, where the (first) network of its fold looked when it gave its answer (Grad-CAM, the mean
 * over the windows that overlap); `undefined` for a network without maps, or that is given more than the sound.
 */
async function exampleExplainer(
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
    const model = await models.getOrInsertComputed(member.model, (file) => loadModel(run.path("model", file)));
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
}
