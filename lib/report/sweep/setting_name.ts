/** How a setting is called, for readers who don't know its key. */
interface SettingName {
  label: string;
  /** What it does, in a few words; `""` where the key must do. */
  meaning: string;
}

/** Label and meaning. */
const NAMES: Record<string, [string, string]> = {
  "training.optimizer.learningRate": ["learning rate", "length of a training step"],
  "training.optimizer.weightDecay": ["weight decay", "pull of the weights towards 0"],
  "training.epochs": ["epochs", "passes through the training sounds"],
  "training.batchSize": ["batch size", "sounds in one training step"],
  "training.schedule": ["schedule", "how the learning rate changes on the way"],
  "training.warmUp": ["warm-up", "epochs in which the learning rate rises"],
  "training.classWeights": ["class weights", "how much more a rare class counts"],
  "training.labelSmoothing": ["label smoothing", "doubt that is added to the labels"],
  "training.patience": ["patience", "epochs without progress before it stops"],
  "model.kind": ["network", "kind of network"],
  "model.dropout": ["dropout", "share of units that each training step leaves out"],
  "training.ema": ["weight averaging", "share of the old average that a step keeps; 0 for none"],
  "model.pooling": ["pooling", "how the picture becomes one answer"],
  "model.filters": ["filters", "width of each layer"],
  "training.sampler": ["sampler", "which sounds come into a training step"],
  "evaluation.protocol.kind": ["protocol", "how subjects are kept apart"],
  "evaluation.protocol.folds": ["folds", "parts that take turns at being judged"],
  "evaluation.protocol.inner": ["inner folds", "folds within which settings are chosen"],
  "evaluation.protocol.test": ["share for the test", "share of the subjects that is judged"],
  "evaluation.protocol.validation": ["share for validation", "share of the subjects that choices are made on"],
  "evaluation.interval": ["kind of interval", "how intervals over subjects are made"],
  "evaluation.resamples": ["bootstrap resamples", "draws that an interval is made of"],
  "engine.name": ["engine", "what carries out the training"],
  "engine.threads": ["threads", "threads of the engine"],
  "input.padding": ["padding", "what fills a sound that is shorter than the window"],
  "input.preset": ["preset", "how sound becomes a picture"],
  "input.seconds": ["window (s)", "seconds that the network hears at once"],
  "input.change.nMels": ["Mel bands", "bands of the picture"],
  "input.change.fMin": ["lowest (Hz)", "lower end of the picture"],
  "input.change.fMax": ["highest (Hz)", "upper end of the picture"],
  "input.change.nFft": ["FFT size (samples)", "samples that one column of the picture is made of"],
  "input.change.hopLength": ["hop length (samples)", "samples between two columns of the picture"],
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
  if (key in NAMES) return { label: NAMES[key][0], meaning: NAMES[key][1] };
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
