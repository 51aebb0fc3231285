/** How a score is called and what it means, for readers who don't know its name. */
export interface ScoreName {
  name: string;
  meaning: string;
}

const NAMES: Record<string, ScoreName> = {
  accuracy: { name: "Accuracy", meaning: "share of all that was right" },
  balancedAccuracy: { name: "Balanced accuracy", meaning: "mean over the classes of the share that was found" },
  sensitivity: { name: "Sensitivity", meaning: "share of the abnormal that was found" },
  specificity: { name: "Specificity", meaning: "share of the healthy that was called healthy" },
  recall: { name: "Recall", meaning: "share of the class that was found" },
  precision: { name: "Precision", meaning: "share of what was called so that was so" },
  f1: { name: "F1", meaning: "harmonic mean of precision and recall" },
  f1Macro: { name: "Macro F1", meaning: "mean over the classes of F1" },
  f1Weighted: { name: "Weighted F1", meaning: "mean of F1 over the classes, by their size" },
  precisionMacro: { name: "Macro precision", meaning: "mean over the classes of precision" },
  recallMacro: { name: "Macro recall", meaning: "mean over the classes of recall" },
  mcc: { name: "MCC", meaning: "correlation of said and true (Matthews), 0 for guessing" },
  kappa: { name: "Cohen's kappa", meaning: "agreement beyond chance" },
  rocAuc: { name: "ROC AUC", meaning: "chance that a positive ranks above a negative" },
  rocAucOvo: { name: "ROC AUC, one against one", meaning: "mean over all pairs of classes (Hand and Till)" },
  rocAucWeighted: { name: "Weighted ROC AUC", meaning: "mean over the classes of ROC AUC, by their size" },
  rocAucOvoWeighted: {
    name: "Weighted ROC AUC, one against one",
    meaning: "mean over all pairs of classes, by their size",
  },
  top2Accuracy: { name: "Top-two accuracy", meaning: "share whose class was among the two likeliest" },
  averagePrecision: { name: "Average precision", meaning: "area below precision by recall" },
  logLoss: { name: "Log loss", meaning: "surprise at the truth, in nats; lower is better" },
  brier: { name: "Brier score", meaning: "squared distance of probabilities from the truth; lower is better" },
  ece: { name: "Calibration error", meaning: "mean distance of probability from frequency; lower is better" },
  mce: {
    name: "Largest calibration error",
    meaning: "greatest distance of probability from frequency; lower is better",
  },
  cinc2016: { name: "CinC 2016 MAcc", meaning: "mean of the challenge's sensitivity and specificity" },
  "sprsound-1-1": { name: "SPRSound 1-1 Score", meaning: "normal against adventitious events" },
  "sprsound-1-2": { name: "SPRSound 1-2 Score", meaning: "kinds of events" },
  "sprsound-2-1": { name: "SPRSound 2-1 Score", meaning: "kinds of recordings, coarse" },
  icbhi: { name: "ICBHI Score", meaning: "mean of sensitivity and specificity over four classes" },
  "icbhi-2": { name: "ICBHI Score, two classes", meaning: "mean of sensitivity and specificity" },
  "circor-murmur": { name: "CirCor murmur", meaning: "weighted accuracy of the 2022 challenge" },
  "circor-outcome": { name: "CirCor outcome cost", meaning: "cost of the 2022 challenge; lower is better" },
  "sprsound-2-2": { name: "SPRSound 2-2 Score", meaning: "kinds of recordings, fine" },
};

/** Parts of the official scores, by the challenges' own names. */
const PARTS: Record<string, string> = {
  se: "sensitivity: share of the abnormal that was found",
  sp: "specificity: share of the normal that was called normal",
  as: "average of sensitivity and specificity",
  hs: "harmonic mean of sensitivity and specificity",
};

/** What a part of an official score means: `sprsound-1-2/SE`. */
export function partMeaning(key: string): string {
  return PARTS[key.slice(key.indexOf("/") + 1).toLowerCase()] ?? "";
}

/** The name of a score as readers know it; `recall/Wheeze` is the recall of the class Wheeze. */
export function scoreName(key: string): ScoreName {
  const known = NAMES[key];
  if (known) return known;
  const slash = key.indexOf("/");
  if (slash < 0) return { name: key, meaning: "" };
  const [kind, of] = [key.slice(0, slash), key.slice(slash + 1)];
  const general = NAMES[kind];
  return { name: `${general?.name ?? kind}, ${of}`, meaning: general?.meaning ?? "" };
}

/** The keys of all scores that have a name here. */
export function scoreNames(): string[] {
  return Object.keys(NAMES);
}
