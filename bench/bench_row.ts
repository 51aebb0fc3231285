/** One figure of `deno task bench`. */
export interface BenchRow {
  /** `"training"`, `"inference"`, `"features"`, `"embedding"`, `"sweep"`, `"predict"`, `"coverage"`, `"listening"`. */
  bench: string;
  /** What was run: a model or a function. */
  model: string;
  /** Sizes and whatever else the figure depends on. */
  setting: string;
  threads: number;
  /** The program compared with, and its version; `null` where there is none or it isn't installed. */
  peer: string | null;
  ours: number;
  theirs: number | null;
  /** Above 1 ours is better; `null` without a peer. */
  ratio: number | null;
  unit: string;
}
