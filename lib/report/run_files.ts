import type { NamedDifference } from "../plots/mod.ts";
import type { Metrics } from "../scores/mod.ts";
import type {
  Bundle,
  FoldEpoch,
  JudgedPredictions,
  RunBeginning,
  RunConfig,
  RunData,
  RunEnvironment,
  RunExamples,
  RunFrames,
  RunNotes,
  RunPlaces,
  RunStatus,
} from "../runs/mod.ts";
import type { ExternalSet } from "./read_external.ts";
import type { FoldSubjects } from "../splits/mod.ts";

/** A file of the run that could not be used, and why. */
export interface FileProblem {
  file: string;
  problem: string;
}

/** What a run folder holds; `null` for each file that is missing or damaged, which {@linkcode RunFiles.problems} tells. */
export interface RunFiles {
  folder: string;
  config: RunConfig | null;
  environment: RunEnvironment | null;
  data: RunData | null;
  /** Of a run whose networks didn't begin at random. */
  beginning?: RunBeginning | null;
  status: RunStatus | null;
  splits: FoldSubjects[] | null;
  history: FoldEpoch[] | null;
  predictions: JudgedPredictions | null;
  metrics: Metrics | null;
  /** `model/bundle.json`. */
  bundle: Bundle | null;
  /** Of a run whose networks are linear in named numbers: what they go by, for each class but the first. */
  coefficients?: Record<string, NamedDifference[]> | null;
  examples: LoadedExample[] | null;
  /** Of a run whose targets are frames, with the pictures `[frames, bands]` of what it shows, and their scores where items are judged. */
  frames: { about: RunFrames; pictures: (Float32Array | null)[]; metrics: Metrics | null } | null;
  /** Of a run whose test parts are whole sources. */
  places?: RunPlaces | null;
  /** Empty where nobody said anything. */
  notes: RunNotes["notes"];
  /** Other data that it was judged on. */
  external: ExternalSet[];
  problems: FileProblem[];
}

/** One of the worst errors with what is needed to see and hear it. */
export interface LoadedExample {
  about: RunExamples[number];
  /** `null` where the WAV file is missing or damaged. */
  samples: Float32Array | null;
  /** `[frames, bands]`, row-major. */
  logMel: Float32Array | null;
  /** Grad-CAM, `[frames, bands]`, 0 to 1. */
  heat: Float32Array | null;
}
