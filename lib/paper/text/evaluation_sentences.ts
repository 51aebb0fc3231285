import { scoreKey, scoreName } from "../../scores/mod.ts";
import { pooledScores } from "../../report/mod.ts";
import { framesAlone } from "../../runs/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import { cited } from "./cited.ts";
import { listed, plainSettings, settings } from "./settings.ts";

const METHODS = {
  wilson: cited("Wilson's, for the number of independent answers that the subjects amount to", "wilson1927"),
  percentile: "quantiles",
  bca: cited("quantiles, corrected for bias and skewness", "efron1987"),
};

/** What was chosen on validation, and how the test part was judged. */
export function evaluationSentences(one: PaperRun): string[] {
  const { run: { config, bundle }, wanted } = one;
  const scores = pooledScores(one);
  const evaluation = config?.experiment.evaluation as Record<string, unknown> & { interval?: string } | undefined;
  const floors = new Set(Object.values(scores).flatMap(({ floors }) => Object.keys(floors)));
  const [any] = Object.values(scores).filter(({ method }) => method !== undefined);
  const samples = any?.method === "wilson" ? "" : ` of ${evaluation?.resamples} resamples`;
  return [
    config ? checkpointWords(config.experiment) : "",
    bundle ? ruleWords(bundle) : "",
    ...wanted.map((name) => scoreName(name, scores[name])).map(({ name, meaning }) => `${name}: ${meaning}.`),
    any?.method
      ? `Intervals cover ${100 * any.level} % and are over subjects (${METHODS[any.method]}${samples}); ` +
        `results are by ${config?.experiment.evaluation.unit ?? "item"}.`
      : "",
    floors.size > 0
      ? `Each score stands with the highest of its floors: ${
        listed([...floors])
      } (what each is stands with the scores).`
      : "",
  ].filter(Boolean);
}

function checkpointWords(experiment: NonNullable<PaperRun["run"]["config"]>["experiment"]): string {
  const { monitor, ...evaluation } = experiment.evaluation as typeof experiment.evaluation & { decision?: unknown };
  if (experiment.targets?.kind === "recordings") {
    return "The checkpoint that found most recordings of the validation part by another crop of them was kept.";
  }
  if (monitor === undefined) return "";
  const kept = `The checkpoint with the best ${scoreName(scoreKey(monitor)).name} on the validation part was kept`;
  if (framesAlone(experiment)) return `${kept}; the answer is the most probable class of each frame.`;
  const { decision: aim } = evaluation;
  const decided = aim === "argmax"
    ? "; the answer is the most probable class"
    : `, and the decision for ${aimWords(aim)}`;
  return `${kept}; there, too, the temperature and how windows are joined were fitted${aim ? decided : ""}.`;
}

function aimWords(aim: unknown): string {
  if (typeof aim === "string") return aim === "youden" ? "Youden's index" : aim;
  const { score, ...rest } = (aim ?? {}) as { score?: string | string[] };
  return score === undefined ? settings(rest) : listed([score].flat().map((name) => scoreName(name).name));
}

function ruleWords({ members, decision, average, frameAnswers }: NonNullable<PaperRun["run"]["bundle"]>): string {
  const temperatures = members.map(({ temperature }) => temperature);
  const [least, greatest] = [Math.min(...temperatures), Math.max(...temperatures)].map((value) => value.toFixed(3));
  const { aggregation = "mean", temperature, isotonic, threshold, weights } = decision as Record<string, unknown>;
  const fixed = (value: unknown) => Number(value).toFixed(3);
  const ofWindows = [
    `${cited("The temperature", "guo2017")} of ${
      members.length === 1 ? "the network is" : "each network lies between"
    } ` +
    `${least}${least === greatest ? "" : ` and ${greatest}`}`,
    average ? `each item was heard as it is and otherwise (${plainSettings(average)})` : "",
    `windows are joined by ${typeof aggregation === "string" ? aggregation : settings(aggregation)}`,
  ];
  return [
    ...frameAnswers ? ["Networks answer for whole recordings"] : ofWindows,
    isotonic
      ? "the joined probability of all classes but the first is calibrated by isotonic regression"
      : temperature === undefined
      ? ""
      : `the joined probabilities are brought to the temperature ${fixed(temperature)}`,
    typeof threshold === "number" ? `the threshold is ${fixed(threshold)}` : "",
    Array.isArray(weights) ? `the weights of the classes are ${listed(weights.map(fixed))}` : "",
  ].filter(Boolean).join("; ") + ".";
}
