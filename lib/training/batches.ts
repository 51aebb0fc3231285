import { type Batch, lossOf } from "../engines/mod.ts";
import { windowSize } from "../features/mod.ts";
import { type RandomStream, randomStream } from "../random/mod.ts";
import { augment } from "./augmentation/augment.ts";
import type { Example } from "./augmentation/define_augmentation.ts";
import { classWeights } from "./class_weights.ts";
import { epochOrder } from "./epoch_order.ts";
import { type ExampleSet, type ExampleSource, labelsOf, outputsOf } from "./example_source.ts";
import { assertFinite, type FeatureStatistics, standardise } from "./feature_statistics.ts";
import type { ResolvedTraining } from "./training_options.ts";
import { withMetadata } from "./with_metadata.ts";

interface Training {
  options: ResolvedTraining;
  statistics: FeatureStatistics;
  seed: number;
}

/** The batches of a training, by epoch and number. */
export type Batches = ReturnType<typeof trainingBatches>;

/**
 * Batches that depend on nothing but the seed, the epoch and their number, so that a resumed training meets the same. A
 * last batch of one example is left out: batch statistics of one are none.
 */
export function trainingBatches(set: ExampleSet, training: Training) {
  const { source, indices } = set;
  const { options, seed } = training;
  const { batchSize, labelSmoothing } = options;
  // Szegedy et al. 2016: over all classes, or towards a half where each is a question of its own.
  const doubt = labelSmoothing / (lossOf(options.loss).definition.independent ? 2 : source.classes);
  const size = windowSize(source);
  const examples = indices.length % batchSize === 1 && batchSize > 1 ? indices.length - 1 : indices.length;
  const outputs = outputsOf(source);
  const exampleAt = trainedExamples(set, training);
  // Two, so that one is filled while the one before it is trained on.
  const arrays = [0, 1].map(() => ({
    inputs: new Float32Array(batchSize * size),
    targets: new Float32Array(batchSize * outputs),
    weighted: new Float32Array(batchSize),
  }));

  return {
    perEpoch: Math.ceil(examples / batchSize),
    /** Examples of one epoch. */
    examples,
    /** From 1. */
    epoch(epoch: number) {
      const order = epochOrder(set, { sampler: options.sampler, random: randomStream(seed, `order/${epoch}`) });
      return {
        batch(number: number): Batch {
          const { inputs, targets, weighted } = arrays[number % 2];
          const start = number * batchSize;
          const count = Math.min(batchSize, examples - start);
          const metadata: Float32Array[] = [];
          for (let i = 0; i < count; i++) {
            const example = exampleAt({ epoch, place: start + i }, order[start + i]);
            inputs.set(example.features, i * size);
            targets.set(example.target.map((share) => share * (1 - labelSmoothing) + doubt), i * outputs);
            weighted[i] = example.weight;
            if (example.metadata) metadata.push(example.metadata);
          }
          const windows = inputs.subarray(0, count * size);
          return {
            inputs: source.metadata ? withMetadata(windows, metadata, source) : windows,
            targets: targets.subarray(0, count * outputs),
            weights: weighted.subarray(0, count),
            count,
          };
        },
      };
    },
  };
}

/** The windows of a set as they are trained on at their place in an epoch: read, changed, standardised. */
function trainedExamples(set: ExampleSet, { options, statistics: { mean }, statistics, seed }: Training) {
  const { source, indices } = set;
  const { frames, bands, channels, classes, spectrum } = source;
  const known = labelsOf(set).filter((label) => label >= 0);
  const weights = classWeights(known, { classes, kind: options.classWeights });
  const all = [...indices];
  const byClass = Map.groupBy(indices, (index) => source.labels[index]);
  return ({ epoch, place }: { epoch: number; place: number }, index: number) => {
    const random = randomStream(seed, `augment/${epoch}/${place}`);
    const read = (index: number) => exampleOf(source, index, { weights, random });
    const partner = (of: "any" | "same-class") =>
      read(random.choice(of === "any" ? all : byClass.get(source.labels[index])!));
    const example = { ...read(index), frames, bands, channels, spectrum, mean };
    const context = { random, partner, twice: epoch === 1 && place < options.batchSize };
    for (const step of options.augment) augment(example, step, context);
    standardise(example.features, statistics);
    assertFinite(example.features, index);
    return example;
  };
}

/** A window as it is read, or a crop near it where each frame has a class. */
function exampleOf(
  source: ExampleSource,
  index: number,
  { weights, random }: { weights: Float32Array; random: RandomStream },
): Example {
  const { classes, framed } = source;
  if (framed) {
    const { features, labels } = framed.crop(index, random);
    return { features, target: frameTarget(labels, weights), weight: 1 };
  }
  const features = new Float32Array(windowSize(source));
  source.read(index, features, 0);
  const target = new Float32Array(classes);
  const shares = source.shares?.(index);
  if (shares) target.set(shares);
  else target[source.labels[index]] = 1;
  const metadata = source.metadata && { metadata: source.metadata.values(index) };
  return { features, target, weight: weights[source.labels[index]], ...metadata };
}

/** `[frames, classes]`: the weight of its class where a frame's is known, zeros where it isn't. */
function frameTarget(labels: Int32Array, weights: Float32Array): Float32Array {
  const classes = weights.length;
  const target = new Float32Array(labels.length * classes);
  labels.forEach((label, frame) => {
    if (label >= 0) target[frame * classes + label] = weights[label];
  });
  return target;
}
