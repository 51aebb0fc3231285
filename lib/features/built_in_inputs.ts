import { z } from "zod";
import { defineInput, type InputForm, type InputPart } from "./define_input.ts";
import { emitLogMel, emitPcen } from "./emit_mel.ts";
import { type FeaturePreset, featurePresetSchema } from "./feature_preset.ts";
import { frameCount, frameLayout } from "./frame_layout.ts";
import { erbFrequencies, gammatone } from "./gammatone.ts";
import { besideEachOther } from "./inner_input.ts";
import { logLevels, logMel } from "./log_mel.ts";
import { bandAxis } from "./mel_scale.ts";
import { melSpectrogram } from "./mel_spectrogram.ts";
import { dctBasis, mfcc } from "./mfcc.ts";
import { pcen } from "./pcen.ts";
import { powerToDb } from "./power_to_db.ts";
import { prepareSamples } from "./prepare_samples.ts";
import { type PresetName, presets } from "./presets.ts";

const count: z.ZodNumber = z.int().positive();

type Change = Partial<FeaturePreset>;

/** Options of inputs by Mel bands. */
export const mel = {
  /** The published way from sound to log-Mel that is taken. */
  preset: z.enum(Object.keys(presets) as PresetName[]) as z.ZodType<PresetName, PresetName>,
  /** Numbers that differ from the preset's: `{ nMels: 40 }`. */
  change: featurePresetSchema.partial().optional() as z.ZodOptional<z.ZodType<Change, Change>>,
};
export type MelInput = z.output<z.ZodObject<typeof mel>>;

export const presetOf = ({ preset, change }: MelInput): FeaturePreset => ({ ...presets[preset], ...change });

/** What inputs by Mel bands have in common. */
const ofMel = {
  sampleRate: (options: MelInput) => presetOf(options).sampleRate,
  shape(options: MelInput, seconds: number): InputForm {
    const preset = presetOf(options);
    const samples = Math.round(seconds * preset.sampleRate);
    const first = preset.center ? 0 : preset.winLength / 2 / preset.sampleRate;
    return {
      ...{ frames: samples === 0 ? 0 : frameCount(samples, frameLayout(preset)), bands: preset.nMels, channels: 1 },
      axes: { hop: preset.hopLength / preset.sampleRate, bands: Array.from(bandAxis(preset)), first },
    };
  },
  prepare: (samples: Float32Array, options: MelInput) =>
    prepareSamples(samples, { sampleRate: presetOf(options).sampleRate, preset: presetOf(options) }),
};

/** Log-Mel spectrograms by a published preset. */
export const logMelInput: InputPart<"log-mel", typeof mel> = defineInput({
  name: "log-mel",
  options: z.strictObject(mel),
  ...ofMel,
  compute: (samples, options) => logMel(samples, presetOf(options)).data,
  levels: (options) => logLevels(presetOf(options)),
  onnx: (graph, samples, options) => emitLogMel(graph, samples, presetOf(options)),
});
export type LogMelInput = { kind?: "log-mel" } & z.input<typeof logMelInput.definition.options>;

const pcenOptions = {
  ...mel,
  /** Strength of the gain control, 0 to 1. */
  gain: z.number().min(0).default(0.98) as z.ZodDefault<z.ZodNumber>,
  /** What is added before the compression. */
  bias: z.number().min(0).default(2) as z.ZodDefault<z.ZodNumber>,
  /** Exponent of the compression; 0 is a logarithm. */
  power: z.number().min(0).default(0.5) as z.ZodDefault<z.ZodNumber>,
  /** Memory of the gain control, s. */
  timeConstant: z.number().positive().default(0.4) as z.ZodDefault<z.ZodNumber>,
};

/** Mel bands by per-channel energy normalisation (Wang et al. 2017) in place of a logarithm. */
export const pcenInput: InputPart<"pcen", typeof pcenOptions> = defineInput({
  name: "pcen",
  options: z.strictObject(pcenOptions),
  ...ofMel,
  compute(samples, options) {
    const preset = presetOf(options), levels = melSpectrogram(samples, preset);
    // librosa's defaults are made for 32-bit integers.
    const data = levels.data.map((level) => level * 2 ** 31);
    return pcen({ ...levels, data }, { ...preset, ...options }).data;
  },
  onnx: (graph, samples, options) => emitPcen(graph, samples, presetOf(options), options),
});

const mfccOptions = {
  ...mel,
  /** Coefficients, the first included. */
  nMfcc: count.default(20) as z.ZodDefault<z.ZodNumber>,
};

/** Mel-frequency cepstral coefficients of a preset's log-Mel spectrogram. */
export const mfccInput: InputPart<"mfcc", typeof mfccOptions> = defineInput({
  name: "mfcc",
  options: z.strictObject(mfccOptions),
  ...ofMel,
  shape(options, seconds) {
    const { axes, ...shape } = ofMel.shape(options, seconds);
    const bands = Array.from({ length: options.nMfcc }, (_, k) => `c${k}`);
    return { ...shape, bands: bands.length, axes: { ...axes, bands } };
  },
  compute: (samples, options) => mfcc(logMel(samples, presetOf(options)), options).data,
  onnx(graph, samples, options) {
    const levels = emitLogMel(graph, samples, presetOf(options));
    const [count, frames, nMels] = levels.shape, { nMfcc } = options;
    graph.scope("mfcc");
    const turned = graph.node("Transpose", [levels], [count, frames, 1, nMels], { attributes: { perm: [0, 1, 3, 2] } });
    const basis = graph.constant(Float32Array.from(dctBasis(nMels, nMfcc)), [nMels, nMfcc]);
    const coefficients = graph.node("MatMul", [turned, basis], [count, frames, 1, nMfcc]);
    return graph.node("Transpose", [coefficients], [count, frames, nMfcc, 1], { attributes: { perm: [0, 1, 3, 2] } });
  },
});

const resolutionsOptions = {
  ...mel,
  /** Lengths of the window of the short-time transform, samples: a channel each. */
  winLengths: z.array(count).min(2) as z.ZodArray<z.ZodNumber>,
};
type Resolutions = z.output<z.ZodObject<typeof resolutionsOptions>>;

/** One preset for each length: frames centred, so that all have the same, and an FFT that holds the longest. */
function resolutionPresets(options: Resolutions): FeaturePreset[] {
  const preset = presetOf(options);
  const nFft = 2 ** Math.ceil(Math.log2(Math.max(preset.nFft, ...options.winLengths)));
  return options.winLengths.map((winLength) => ({ ...preset, winLength, nFft, center: true }));
}

/** Log-Mel spectrograms of one sound by windows of several lengths, short ones sharp in time and long ones in pitch, as channels. */
export const resolutions: InputPart<"resolutions", typeof resolutionsOptions> = defineInput({
  name: "resolutions",
  options: z.strictObject(resolutionsOptions),
  ...ofMel,
  shape(options, seconds) {
    const [change] = resolutionPresets(options), { sampleRate } = change;
    const { axes, ...shape } = ofMel.shape({ ...options, change }, seconds);
    const channels = options.winLengths.map((length) => `${Math.round(1000 * length / sampleRate)} ms`);
    return { ...shape, channels: channels.length, axes: { ...axes, channels } };
  },
  compute(samples, options) {
    const all = resolutionPresets(options).map((preset) => logMel(samples, preset).data);
    return besideEachOther(all, all.map(() => 1));
  },
  onnx(graph, samples, options) {
    const all = resolutionPresets(options).map((preset) => emitLogMel(graph, samples, preset));
    return graph.node("Concat", all, all[0].shape.with(3, all.length), { attributes: { axis: 3 } });
  },
});

const gammatoneOptions = {
  /** Hz: recordings are resampled to it. */
  sampleRate: count.default(4000) as z.ZodDefault<z.ZodNumber>,
  /** Number of bands. */
  nBands: count.default(64) as z.ZodDefault<z.ZodNumber>,
  /** Centre of the lowest band, Hz. */
  fMin: z.number().positive().default(50) as z.ZodDefault<z.ZodNumber>,
  /** Centre of the highest band, Hz. */
  fMax: z.number().positive().default(1800) as z.ZodDefault<z.ZodNumber>,
  /** Samples from one frame to the next. */
  hopLength: count.default(128) as z.ZodDefault<z.ZodNumber>,
};

/** Levels of the bands of a cochlea, dB below the loudest. */
export const gammatoneInput: InputPart<"gammatone", typeof gammatoneOptions> = defineInput({
  name: "gammatone",
  options: z.strictObject(gammatoneOptions),
  sampleRate: ({ sampleRate }) => sampleRate,
  shape: ({ sampleRate, nBands, fMin, fMax, hopLength }, seconds) => ({
    ...{ frames: Math.ceil(Math.round(seconds * sampleRate) / hopLength), bands: nBands, channels: 1 },
    axes: {
      ...{ hop: hopLength / sampleRate, first: hopLength / 2 / sampleRate },
      bands: Array.from(erbFrequencies(nBands, fMin, fMax)),
    },
  }),
  compute: (samples, options) => powerToDb(gammatone(samples, options).data, { reference: "max" }),
  levels: () =>
    logLevels({ log: { kind: "decibel", reference: "max", topDb: 80 }, power: 2, normalization: { kind: "none" } }),
});
