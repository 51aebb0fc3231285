/** How a setting is called, for readers who don't know its key. */
export interface SettingName {
  label: string;
  /** What it does, in a few words; `""` where the key must do. */
  meaning: string;
}

const NAMES: Record<string, SettingName> = {
  "training.optimizer.learningRate": { label: "learning rate", meaning: "length of a training step" },
  "training.optimizer.weightDecay": { label: "weight decay", meaning: "pull of the weights towards 0" },
  "training.epochs": { label: "epochs", meaning: "passes through the training sounds" },
  "training.batchSize": { label: "batch size", meaning: "sounds in one training step" },
  "training.schedule": { label: "schedule", meaning: "how the learning rate changes on the way" },
  "training.warmUp": { label: "warm-up", meaning: "epochs in which the learning rate rises" },
  "training.classWeights": { label: "class weights", meaning: "how much more a rare class counts" },
  "training.labelSmoothing": { label: "label smoothing", meaning: "doubt that is added to the labels" },
  "training.patience": { label: "patience", meaning: "epochs without progress before it stops" },
  "model.kind": { label: "network", meaning: "kind of network" },
  "model.dropout": { label: "dropout", meaning: "share of units that each training step leaves out" },
  "training.ema": { label: "weight averaging", meaning: "share of the old average that a step keeps; 0 for none" },
  "model.pooling": { label: "pooling", meaning: "how the picture becomes one answer" },
  "model.filters": { label: "filters", meaning: "width of each layer" },
  "training.sampler": { label: "sampler", meaning: "which sounds come into a training step" },
  "evaluation.protocol.kind": { label: "protocol", meaning: "how subjects are kept apart" },
  "evaluation.protocol.folds": { label: "folds", meaning: "parts that take turns at being judged" },
  "evaluation.protocol.inner": { label: "inner folds", meaning: "folds within which settings are chosen" },
  "evaluation.protocol.test": { label: "share for the test", meaning: "share of the subjects that is judged" },
  "evaluation.protocol.validation": {
    label: "share for validation",
    meaning: "share of the subjects that choices are made on",
  },
  "evaluation.interval": { label: "kind of interval", meaning: "how intervals over subjects are made" },
  "evaluation.resamples": { label: "bootstrap resamples", meaning: "draws that an interval is made of" },
  "engine.name": { label: "engine", meaning: "what carries out the training" },
  "engine.threads": { label: "threads", meaning: "threads of the engine" },
  "input.padding": { label: "padding", meaning: "what fills a sound that is shorter than the window" },
  "input.preset": { label: "preset", meaning: "how sound becomes a picture" },
  "input.seconds": { label: "window (s)", meaning: "seconds that the network hears at once" },
  "input.change.nMels": { label: "Mel bands", meaning: "bands of the picture" },
  "input.change.fMin": { label: "lowest (Hz)", meaning: "lower end of the picture" },
  "input.change.fMax": { label: "highest (Hz)", meaning: "upper end of the picture" },
  "input.change.nFft": { label: "FFT size (samples)", meaning: "samples that one column of the picture is made of" },
  "input.change.hopLength": { label: "hop length (samples)", meaning: "samples between two columns of the picture" },
};

/**
 * The name of a setting; an unknown one is called by the last part of its key, or by all of it where that is taken.
 *
 * @param augment Augmentations of the experiment: keys know them by their place alone.
 */
export function settingName(
  key: string,
  { keys = [], augment = [] }: { keys?: readonly string[]; augment?: readonly { kind: string }[] } = {},
): SettingName {
  const known = NAMES[key];
  if (known) return known;
  const [, place, option] = key.match(/^training\.augment\.(\d+)\.(\w+)$/) ?? [];
  if (option === "kind") return { label: `augmentation ${Number(place) + 1}`, meaning: "what changes training sounds" };
  const kind = augment[Number(place)]?.kind;
  if (kind) return { label: `${kind} ${option}`, meaning: `${option} of the augmentation ${kind}` };
  const last = key.split(".").at(-1)!;
  const taken = keys.filter((other) => other.split(".").at(-1) === last).length > 1;
  return {
    label: taken ? key : last.replaceAll(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`),
    meaning: "",
  };
}
