import { signed } from "../page/table.tsx";
import { settingText } from "../../plots/mod.ts";
import type { SweepView } from "./sweep_view.ts";

/** What the sweep shows, and what to be careful about, for a reader who knows patients better than statistics. */
export function sweepWords(view: SweepView) {
  const careful = [luck, otherProtocol, mended, edges, few, failed].flatMap((say) => say(view));
  return {
    found: [tried, best, decides, heldOut].flatMap((say) => say(view)),
    careful: [...careful, "It is a research result. It is no medical device and gives no diagnosis."],
  };
}

function tried({ count, trials, hours, work }: SweepView): string[] {
  const parts = [
    `${count.complete} ${were(count.complete)} trained to the end`,
    count.pruned > 0 && `${count.pruned} ${were(count.pruned)} stopped early, when others had done better by then`,
    count.fail > 0 && `${count.fail} failed`,
    count.running > 0 && `${count.running} ${count.running === 1 ? "is" : "are"} still running`,
  ].filter((part) => part !== false);
  const training = duration(work) === duration(hours) ? "" : ` (${duration(work)} of all workers together)`;
  const time = hours > 0 ? ` It took ${duration(hours)}${training}.` : "";
  const settings = trials.length === 1 ? "1 setting was" : `${trials.length} settings were`;
  return [`${settings} tried: ${parts.join("; ")}.${time}`];
}

function best({ best, objective, unchanged, folds, study }: SweepView): string[] {
  if (best === null) return ["No trial has been trained to the end, so there is no best setting yet."];
  const where = folds === 1 ? "inner validation" : `the mean of ${folds} inner folds`;
  const plain = `The best is trial ${best.number}: its ${within(objective)} on ${where} is ${best.value.toFixed(3)}.`;
  if (unchanged === null || unchanged.value === null) return [plain];
  if (unchanged.number === best.number) {
    return [`${plain} These are the experiment's own settings: no other did better.`];
  }
  const gain = Math.abs(best.value - unchanged.value);
  const better = study.direction === "maximize" ? "higher" : "lower";
  return [
    `${plain} That is ${gain.toFixed(3)} ${better} than the experiment's own settings ` +
    `(${unchanged.value.toFixed(3)}, trial ${unchanged.number}).`,
  ];
}

function decides({ importances }: SweepView): string[] {
  if (importances.length < 2) return [];
  const [first, second] = importances;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return [
    `Whether a setting is among the best tenth depends most on the ${first.label} (${percent(first.share)}), ` +
    `then on the ${second.label} (${percent(second.share)}).`,
  ];
}

function heldOut({ judged, monitor, objective }: SweepView): string[] {
  if (judged === null || !judged.winner.outer) return [];
  const { winner, gain } = judged;
  const score = winner.metrics.parts.test?.pooled.item?.[monitor];
  if (!score || score.value === null) return [];
  const subjects = new Set(winner.predictions.filter(({ part }) => part === "test").map(({ subject }) => subject)).size;
  const interval = score.low === null ? "" : ` (95 % interval ${score.low.toFixed(3)} to ${score.high!.toFixed(3)})`;
  const said = `On ${subjects} subjects that no trial had seen, the winner's ${within(objective)} is ` +
    `${score.value.toFixed(3)}${interval}.`;
  if (gain === null) return [said];
  const { difference, low, high, second } = gain;
  const by = `The experiment's own settings reach ${second.toFixed(3)} there: ` +
    `${Math.abs(difference).toFixed(3)} ${difference >= 0 ? "less" : "more"}`;
  if (low === null || high === null) return [said, `${by}. There are too few subjects for an interval.`];
  const range = `95 % interval of the difference ${signed(low)} to ${signed(high)}`;
  const verdict = low > 0
    ? "The gain is more than chance."
    : high < 0
    ? "The winner is worse than what it was meant to improve."
    : "That may be chance: with this many subjects, nobody can tell.";
  return [said, `${by} (${range}). ${verdict}`];
}

function luck({ judged, trials, best, objective }: SweepView): string[] {
  if (best === null) return [];
  const why = `The best of ${trials.length} looks better than it is: some of its lead on inner validation is luck.`;
  const optimism = judged?.optimism;
  if (!optimism) {
    return [
      `${why} The test part has not been opened for it yet; the commands below do so, once for the winner and once ` +
      "for the experiment's own settings. Then write this page again.",
    ];
  }
  const { difference, low, high, first, second } = optimism;
  const range = low === null || high === null
    ? "too few subjects for an interval"
    : `95 % interval ${signed(low)} to ${signed(high)}`;
  return [
    `${why} Trained again, the winner's ${within(objective)} is ${first.toFixed(3)} on inner validation and ` +
    `${second.toFixed(3)} on the held-out subjects: an optimism of ${signed(difference)} (${range}).`,
  ];
}

function otherProtocol({ judged }: SweepView): string[] {
  if (judged === null || judged.winner.outer) return [];
  return [
    "The only finished run of the winner was judged by other folds than the sweep's: the subjects that it was judged on " +
    "also helped to choose it. Its figures are left out here; the commands below open the part that stayed closed.",
  ];
}

/** A best value within 3 % of an end of its range says that better ones may lie outside. */
function edges({ best, dimensions }: SweepView): string[] {
  if (best === null) return [];
  return dimensions.flatMap(({ key, label, dimension }) => {
    if (dimension.kind === "categorical" || !(key in best.params) || dimension.low === dimension.high) return [];
    const at = (value: number) => dimension.log ? Math.log(value) : value;
    const share = (at(best.params[key] as number) - at(dimension.low)) / (at(dimension.high) - at(dimension.low));
    // The low end of a share or a size is often its natural end.
    if (share > 0.03 && share < 0.97 || share <= 0.03 && dimension.low === 0) return [];
    const end = settingText(share < 0.5 ? dimension.low : dimension.high);
    return [
      `The best ${label} lies at the ${share < 0.5 ? "low" : "high"} end of what was searched (${end}): ` +
      "better ones may lie beyond it.",
    ];
  });
}

function few({ count, importances }: SweepView): string[] {
  if (count.complete === 0) return [];
  if (importances.length === 0) {
    return [`${count.complete} trials to the end are too few to say which setting matters; that takes 10.`];
  }
  const good = Math.ceil(count.complete / 10);
  if (good >= 5) return [];
  return [
    `Which setting matters is told from the best tenth, ${good} of ${count.complete} trials: take it as a hint, not as a measurement.`,
  ];
}

function mended({ notes }: SweepView): string[] {
  const trials = Number(notes.mended);
  if (!(trials > 0)) return [];
  const which = trials === 1 ? "The first trial was" : `The first ${trials} trials were`;
  return [`${which} trained before the experiment was given other settings: compare their scores with care.`];
}

function failed({ count }: SweepView): string[] {
  if (count.fail === 0) return [];
  return [`${count.fail} ${count.fail === 1 ? "trial" : "trials"} failed; the table of all trials says why.`];
}

/** `0.3 hours` as `18 minutes`. */
export function duration(hours: number): string {
  if (hours >= 1.5) return `${hours.toFixed(1)} hours`;
  if (hours >= 1.5 / 60) return `${Math.round(60 * hours)} minutes`;
  return `${Math.max(1, Math.round(3600 * hours))} seconds`;
}

function were(count: number): string {
  return count === 1 ? "was" : "were";
}

/** A score's name within a sentence: `"balanced accuracy"`, but `"SPRSound 1-2 Score"`. */
function within(name: string): string {
  return /^[A-Z][a-z]+( |$)/.test(name) ? name[0].toLowerCase() + name.slice(1) : name;
}
