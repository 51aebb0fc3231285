import { lowerIsBetter } from "../evaluation/mod.ts";
import { groupRows } from "./group_rows.ts";
import { sourceFlags } from "./source_flags.ts";
import { headlineScores, pooledScore, type ReportView } from "./report_view.ts";
import { scoreName } from "./score_names.ts";

/** What the run shows and what it doesn't, for a reader who knows patients better than statistics. */
export interface PlainWords {
  can: string[];
  cannot: string[];
}

const ALWAYS = "It is a research result. It is no medical device and gives no diagnosis.";

/** Items of a class below which its figures are called unsure. */
const FEW = 30;

/** The run in sentences, each computed from the run's files. */
export function plainWords(view: ReportView): PlainWords {
  return {
    can: [...judgedOn(view), ...outOfHundred(view), ...againstFloor(view), ...againstPublished(view)],
    cannot: [
      ...onlyThese(view),
      ...rareClasses(view),
      ...worseSources(view),
      ...worseGroups(view),
      ...sureness(view),
      ALWAYS,
    ],
  };
}

function judgedOn({ predictions }: ReportView): string[] {
  if (predictions.length === 0) return [];
  const items = new Set(predictions.map((row) => `${row.recording} ${row.start}`)).size;
  const subjects = new Set(predictions.map((row) => row.subject)).size;
  return [
    `The model was judged on ${items.toLocaleString("en")} sounds of ${subjects.toLocaleString("en")} subjects. ` +
    "It had heard none of them in training.",
  ];
}

function outOfHundred({ predictions, classes }: ReportView): string[] {
  const [healthy, ...others] = classes;
  const well = predictions.filter((row) => row.label === healthy);
  const ill = predictions.filter((row) => row.label !== healthy);
  if (well.length === 0 || ill.length === 0) return [];
  const passed = share(well.filter((row) => row.predicted === healthy).length, well.length);
  const found = share(ill.filter((row) => row.predicted !== healthy).length, ill.length);
  const named = share(ill.filter((row) => row.predicted === row.label).length, ill.length);
  return [
    `Of 100 sounds labelled ${healthy}, it calls ${passed} so and raises a false alarm for the other ${100 - passed}.`,
    others.length === 1
      ? `Of 100 sounds labelled ${others[0]}, it finds ${found} and misses ${100 - found}.`
      : `Of 100 other sounds, it notices ${found} as not ${healthy}, and gives ${named} their right name.`,
  ];
}

function againstFloor(view: ReportView): string[] {
  const [name] = headlineScores(view);
  const pooled = name === undefined ? null : pooledScore(view, name);
  if (!pooled || pooled.score.value === null || pooled.score.floor === null) return [];
  const { value, low, high, floor, floors } = pooled.score;
  const by = Object.entries(floors).find(([, reached]) => reached === floor)?.[0] ?? "";
  const without = `${scoreName(name).name} is ${value.toFixed(2)}; ${FLOORS[by] ?? by} alone reaches ${
    floor.toFixed(2)
  }`;
  if (lowerIsBetter(name) ? value >= floor : value <= floor) {
    return [`${without}. This run does not show that the network is of use.`];
  }
  const near = lowerIsBetter(name) ? high : low;
  if (near !== null && (lowerIsBetter(name) ? near >= floor : near <= floor)) {
    return [`${without}, and that lies within the interval: with this many subjects it may be chance.`];
  }
  return [`${without}. What the network adds is the difference, ${Math.abs(value - floor).toFixed(2)}.`];
}

/** What reaches a floor, in words. */
const FLOORS: Record<string, string> = {
  majority: "always naming the most frequent class",
  prior: "guessing by how frequent each class is",
  "all-positive": "calling everything abnormal",
  shortcut: "what surrounds the sound (length, loudness, source)",
  linear: "a linear model on the mean spectrum",
  nearest: "looking up the most similar training sound",
};

function againstPublished(view: ReportView): string[] {
  return (view.run.config?.references ?? []).flatMap((reference) => {
    const score = pooledScore(view, reference.score)?.score;
    if (!score || score.value === null) return [];
    const { low, high } = score;
    const within = low !== null && high !== null && low <= reference.value && reference.value <= high;
    const place = within
      ? "within this run's interval"
      : reference.value > score.value
      ? "above this run"
      : "below this run";
    return [
      `Published for ${scoreName(reference.score).name}: ${reference.value.toFixed(3)} (${reference.what}), ${place}.`,
    ];
  });
}

function onlyThese({ classes, run }: ReportView): string[] {
  if (classes.length === 0) return [];
  const title = run.data ? ` and it has only met the recordings of "${run.data.title}"` : "";
  return [
    `It knows ${list(classes)} and nothing else${title}: another illness, device, age or room can change every figure.`,
  ];
}

function rareClasses({ predictions, classes }: ReportView): string[] {
  const rare = classes.map((name) => ({
    name,
    count: new Set(predictions.filter((row) => row.label === name).map((row) => `${row.recording} ${row.start}`)).size,
  })).filter(({ count }) => count > 0 && count < FEW);
  if (rare.length === 0) return [];
  return [
    `What is said of ${list(rare.map(({ name, count }) => `${name} (${count})`))} rests on fewer than ${FEW} sounds.`,
  ];
}

function worseSources(view: ReportView): string[] {
  const flags = sourceFlags(view);
  const named = (flag: string) =>
    list(flags.filter((one) => one.flag === flag).map(({ source }) => view.listed(source)));
  const [worse, below] = [named("worse"), named("below floor")];
  return [
    ...(worse === "" ? [] : [`It does worse on ${worse} than overall: see "Source by source".`]),
    ...(below === "" ? [] : [`On ${below} it does no better than its floor: see "Source by source".`]),
  ];
}

function worseGroups(view: ReportView): string[] {
  const worse = groupRows(view).filter(({ difference }) => difference?.worse);
  if (worse.length === 0) return [];
  const named = worse.map(({ attribute, group }) => `${attribute} ${group}`);
  return [`It does worse on ${list(named)} than on all others: see "Group by group".`];
}

/** Over- or under-confidence of more than 5 points is worth a sentence. */
function sureness({ predictions, classes }: ReportView): string[] {
  if (predictions.length === 0) return [];
  const surest = predictions.map((row) => Math.max(...row.probabilities));
  const said = mean(surest);
  const right = mean(predictions.map((row, i) => Number(classes[row.probabilities.indexOf(surest[i])] === row.label)));
  if (Math.abs(said - right) <= 0.05) return [];
  const percent = (x: number) => `${Math.round(100 * x)} %`;
  const how = said > right ? "high" : "low";
  return [
    `Its probabilities are too ${how}: on average it says ${percent(said)} for its first choice, ` +
    `which is right in ${percent(right)}.`,
  ];
}

function share(count: number, of: number): number {
  return Math.round(100 * count / of);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
