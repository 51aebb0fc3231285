import {
  channels,
  curves,
  deltasInput,
  gammatoneInput,
  heartCyclesInput,
  type InputOptions,
  logMelInput,
  mfccInput,
  pcenInput,
  resolutions,
  rows,
  zScoreInput,
} from "./mod.ts";

const mel = logMelInput({ preset: "pcg" });
const kaldi = logMelInput({ preset: "pcg", change: { center: false, log: { kind: "natural", floor: 1e-10 } } });
const windows = { seconds: 1, padding: "circular" } as const;

/** For tests: every built-in input that needs no file, and joins of them, with the size of a window and what lacks nodes. */
export const BUILT_IN: Record<
  string,
  { input: InputOptions; size: [frames: number, bands: number, channels: number]; lacks?: string[] }
> = {
  "log-mel": { input: { ...mel, ...windows }, size: [101, 32, 1] },
  pcen: { input: { ...pcenInput({ preset: "pcg" }), ...windows }, size: [101, 32, 1] },
  mfcc: { input: { ...mfccInput({ preset: "pcg", nMfcc: 13 }), ...windows }, size: [101, 13, 1] },
  gammatone: {
    input: { ...gammatoneInput({ sampleRate: 2000, nBands: 16, fMax: 800, hopLength: 40 }), ...windows },
    size: [50, 16, 1],
    lacks: ["gammatone"],
  },
  deltas: { input: { ...deltasInput({ of: mel }), ...windows }, size: [101, 32, 3] },
  "z-score": { input: { ...zScoreInput({ of: kaldi }), ...windows }, size: [98, 32, 1], lacks: ["z-score"] },
  resolutions: { input: { ...resolutions({ preset: "pcg", winLengths: [50, 400] }), ...windows }, size: [101, 32, 2] },
  "curves as rows": {
    input: {
      ...curves({ of: mel, curves: ["heartStates", "homomorphicEnvelope", "spectralCentroid"] }),
      ...windows,
    },
    size: [101, 38, 1],
    lacks: ["curves"],
  },
  "curves as channels": {
    input: {
      ...curves({ of: mfccInput({ preset: "pcg" }), curves: ["hilbertEnvelope", "rms"], as: "channels" }),
      ...windows,
    },
    size: [101, 20, 3],
    lacks: ["curves"],
  },
  "heart-cycles": {
    input: { ...heartCyclesInput(), seconds: 2, padding: "none" },
    size: [1, 27, 1],
    lacks: ["heart-cycles"],
  },
  channels: {
    input: { ...channels({ inputs: [mel, pcenInput({ preset: "pcg" }), deltasInput({ of: mel })] }), ...windows },
    size: [101, 32, 5],
  },
  rows: { input: { ...rows({ inputs: [mel, mfccInput({ preset: "pcg" })] }), ...windows }, size: [101, 52, 1] },
  "deltas of a z-score beside another": {
    input: {
      ...channels({ inputs: [mel, deltasInput({ of: zScoreInput({ of: mel }), order: 1 })] }),
      ...windows,
    },
    size: [101, 32, 3],
    lacks: ["z-score"],
  },
  "rows of two rates": {
    input: {
      ...rows({
        inputs: [
          logMelInput({ preset: "respirenet", change: { hopLength: 40 } }),
          logMelInput({ preset: "pcg" }),
        ],
      }),
      ...windows,
    },
    size: [101, 96, 1],
    lacks: ["resampling"],
  },
};
