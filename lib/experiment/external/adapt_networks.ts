import { UsageError } from "../../errors/mod.ts";
import { shiftPriors } from "../../decision/mod.ts";
import { type EvaluateOptions, evaluatePredictions } from "../../evaluation/mod.ts";
import { floorDifferences } from "../../floors/mod.ts";
import { type Prediction, scoresByUnit, type Unit } from "../../scores/mod.ts";
import { loadModel } from "../../runs/mod.ts";
import type { Adaptation, BundleMember, BundleNetwork, Run, RunAdapted } from "../../runs/mod.ts";
import { type ExampleSet, type FeatureStatistics, featureStatistics, runWindows } from "../../training/mod.ts";
import { decidePredictions, type FittedRules } from "../judge/decide_predictions.ts";
import { firstOf } from "../prepare/known_sounds.ts";
import { type Ensemble, judgeEnsembles, type JudgeEnsemblesOptions } from "./ensembles.ts";
import type { layers, LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { loadTfjs } from "../../models/mod.ts";

interface AdaptNetworksOptions extends JudgeEnsemblesOptions {
  members: readonly BundleMember[];
  ensembles: readonly Ensemble[];
  /** Of each ensemble. */
  rules: readonly FittedRules[];
  /** Without adaptation. */
  predictions: readonly Prediction[];
  evaluated: EvaluateOptions;
  unit: Unit;
}

/**
 * What networks give once they are fitted to each source of other data without labels, beside what they give as they are:
 * one way at a time, each by itself.
 *
 * @throws {UsageError} for a network without the layers that a way needs.
 */
export async function adaptNetworks(
  run: Run,
  ways: readonly Adaptation[],
  options: AdaptNetworksOptions,
): Promise<RunAdapted> {
  const { bundle, predictions, evaluated, unit } = options;
  const other = ways.find((way) => way !== "prior");
  if (bundle.frameAnswers && other) {
    const found = "networks by frame, which hear each recording by its own mean and deviation";
    throw refusal(run, other, ["networks that answer for windows", found, "leave it out, or say --adapt prior"]);
  }
  const adapted: RunAdapted = { version: 1, ways: [] };
  for (const way of new Set(ways)) {
    const { said, found } = await adapters[way](run, options);
    for (const [part, own] of Map.groupBy(said, ({ part }) => part)) {
      const { pooled } = evaluatePredictions(own, { ...evaluated, floors: {} });
      const scores = scoresByUnit(pooled, unit);
      const before = predictions.filter((one) => one.part === part);
      const floors = { before: { predictions: before, ruleOf: evaluated.ruleOf } };
      const differences = floorDifferences(own, { ...evaluated, floors });
      const told = Object.entries(scores).flatMap(([key, { unit }]) => {
        const own = differences[unit]?.before?.find(({ score }) => score === key);
        return own ? [[key, { value: own.difference, low: own.low, high: own.high }]] : [];
      });
      adapted.ways.push({ way, part, found, scores, differences: Object.fromEntries(told) });
    }
  }
  return adapted;
}

/** What is said of every item, and what was found in the places. */
type Adapter = (run: Run, options: AdaptNetworksOptions) => Promise<{ said: Prediction[]; found: string }>;

const adapters: Record<Adaptation, Adapter> = {
  async statistics(_run, options) {
    const { networks, windows } = options;
    const said = await eachPlace(options, (rows) => {
      const statistics = featureStatistics(windows, windows.of(rows));
      return Promise.resolve(networks.map((network) => ({ ...network, statistics })));
    });
    return { said, found: "Windows were standardised by the mean and deviation of each band in the place itself." };
  },

  async "batch-statistics"(run, options) {
    const { windows, members, networks, signal } = options;
    const { loadBackend, onBackend } = await import("../../engines/tfjs/backend.ts");
    await loadBackend("wasm");
    let layers = 0;
    const said = await eachPlace(options, async (rows, place) => {
      const adapted: BundleNetwork[] = [];
      for (const [i, { statistics, metadata }] of networks.entries()) {
        const refuse = (expected: string, found: string) =>
          refusal(run, "batch-statistics", [expected, found, "leave it out"]);
        if (metadata) throw refuse("a network that is given sound alone", "one with metadata");
        const model = await loadModel(run.path("model", members[i].model));
        place.defer(() => model.dispose());
        layers = normalisations(model).length;
        if (layers === 0) throw refuse("a network with batch normalisation", "none");
        const set = { source: windows, indices: windows.of(rows), statistics, signal };
        await onBackend("wasm", () => takeBatchStatistics(model, set));
        const { frames, bands, channels } = windows;
        adapted.push({
          statistics,
          metadata,
          predict: (inputs, count) =>
            onBackend("wasm", async () => {
              const { tensor4d, dispose } = await import("@tensorflow/tfjs");
              const given = tensor4d(inputs, [count, frames, bands, channels]);
              const logits = model.predict(given) as typeof given;
              const values = await logits.data<"float32">();
              dispose([given, logits]);
              return values.map((logit) => logit / members[i].temperature);
            }),
        });
      }
      return adapted;
    });
    return { said, found: `The ${layers} batch normalisations of each network took the statistics of the place.` };
  },

  prior(_run, { predictions, rules, evaluated: { classes } }) {
    const size = classes.length, told: string[] = [];
    const groups = Map.groupBy(predictions, ({ fold, source }) => `${source}\n${fold}`);
    const said = [...groups.values()].flatMap((own) => {
      const { rule, decided } = rules[own[0].fold];
      const priors = classes.map((_, c) =>
        decided.reduce((sum, { probabilities }) => sum + probabilities[c], 0) / decided.length
      );
      const flat = Float64Array.from(own.flatMap(({ probabilities }) => probabilities));
      const shifted = shiftPriors(flat, { priors });
      const share = (of: readonly number[]) => of.slice(1).reduce((sum, value) => sum + value, 0).toFixed(2);
      told.push(`${own[0].source} ${share(shifted.priors)} (where it was fitted ${share(priors)})`);
      const decide = { ...rule, temperature: 1, isotonic: undefined, aggregation: "mean" as const };
      const of = (i: number) => [...shifted.probabilities.subarray(i * size, (i + 1) * size)];
      return decidePredictions(own.map((one, i) => ({ ...one, probabilities: of(i) })), decide, classes);
    });
    const found = `Share of all classes but the first that the answers make likely: ${firstOf(told, "; ")}.`;
    return Promise.resolve({ said, found });
  },
};

/** Judges each source by networks of its own; what they need is let go behind it. */
async function eachPlace(
  { ensembles, rules, evaluated: { classes }, ...options }: AdaptNetworksOptions,
  networksOf: (rows: Int32Array, place: DisposableStack) => Promise<BundleNetwork[]>,
): Promise<Prediction[]> {
  const { rows } = options.manifest;
  const all = Int32Array.from(ensembles.flatMap(({ rows }) => [...rows]));
  const said: Prediction[] = [];
  for (const source of new Set(Array.from(all, (row) => rows[row].source))) {
    const here = (some: Int32Array) => some.filter((row) => rows[row].source === source);
    using place = new DisposableStack();
    const networks = await networksOf(here(all), place);
    const own = ensembles.map((ensemble) => ({ ...ensemble, rows: here(ensemble.rows) }));
    const judged = await judgeEnsembles(own, { ...options, networks });
    said.push(...judged.flatMap((windows, i) => decidePredictions(windows, rules[i].rule, classes)));
  }
  return said;
}

function refusal({ folder }: Run, way: Adaptation, [expected, found, remedy]: readonly string[]): UsageError {
  return new UsageError({ expected: `${expected}, for --adapt ${way}`, found, where: folder, remedy });
}

/** How many windows the statistics of training count as (Schneider et al. 2020, who find 16 to do well everywhere). */
const PSEUDO_COUNT = 16;

/** The layers of a network that normalise by the statistics of a batch. */
export function normalisations({ layers }: LayersModel): layers.Layer[] {
  return layers.filter((layer) => layer.getClassName() === "BatchNormalization");
}

/**
 * Gives each batch normalisation of a network the mean and variance of what it gets from these windows, mixed with those of
 * training: layer after layer, since each changes what the next one gets (Schneider et al. 2020, "Improving robustness
 * against common corruptions by covariate shift adaptation", equation 3). No label is needed.
 */
export async function takeBatchStatistics(
  model: LayersModel,
  options: ExampleSet & { statistics: FeatureStatistics; pseudoCount?: number; signal?: AbortSignal },
): Promise<void> {
  const { source: { frames, bands, channels }, indices, pseudoCount = PSEUDO_COUNT } = options;
  const tf = await loadTfjs();
  for (const layer of normalisations(model)) {
    const before = tf.model({ inputs: model.inputs, outputs: layer.input as SymbolicTensor });
    const weights = layer.getWeights();
    const [mean, variance] = weights.slice(-2);
    const width = mean.size;
    /** `[count, 2 width]`: mean distance of each example from the mean of training, and its square. */
    const distances = (inputs: Float32Array, count: number) => {
      const moments = tf.tidy(() => {
        const given = before.predict(tf.tensor4d(inputs, [count, frames, bands, channels])) as ReturnType<
          typeof tf.sub
        >;
        const away = tf.sub(tf.reshape(given, [count, -1, width]), mean);
        return tf.concat([tf.mean(away, 1), tf.mean(tf.square(away), 1)], 1);
      });
      return moments.data<"float32">().finally(() => moments.dispose());
    };
    const found = await runWindows(distances, options);
    if (found === undefined) throw new DOMException("stopped", "AbortError");
    const average = (at: number) => {
      let sum = 0;
      for (let i = at; i < found.values.length; i += 2 * width) sum += found.values[i];
      return sum / indices.length;
    };
    const share = indices.length / (indices.length + pseudoCount);
    const [oldMean, oldVariance] = [await mean.data(), await variance.data()];
    const next = [new Float32Array(width), new Float32Array(width)];
    for (let c = 0; c < width; c++) {
      const shift = average(c);
      next[0][c] = oldMean[c] + share * shift;
      next[1][c] = (1 - share) * oldVariance[c] + share * Math.max(0, average(width + c) - shift ** 2);
    }
    const moved = next.map((values) => tf.tensor1d(values));
    layer.setWeights([...weights.slice(0, -2), ...moved]);
    tf.dispose(moved);
  }
}
