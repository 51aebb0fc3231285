import { floorWords, hearingFloors } from "../evaluation/mod.ts";
import { lowerIsBetter, scoreName } from "../scores/mod.ts";
import type { TracedProps } from "./page/table.tsx";
import { groupRows } from "./group_rows.ts";
import { sourceFlags } from "./source_flags.ts";
import { headlineNames, type ReportView, toldScore } from "./report_view.ts";

/** Items of a class below which its figures are called unsure. */
const FEW = 30;

/** What the run shows and what it doesn't, in sentences for a reader who knows patients better than statistics. */
export function plainWords(view: ReportView) {
  const always = plainSentence`It is a research result. It is no medical device and gives no diagnosis.`;
  const cannot = [onlyThese, rareClasses, worseSources, worseGroups, sureness];
  return {
    can: [judgedOn, outOfHundred, againstFloor, againstReferences].flatMap((say) => say(view)),
    cannot: [...cannot.flatMap((say) => say(view)), always],
  };
}

function judgedOn({ predictions, run }: ReportView): PlainSentence[] {
  if (predictions.length === 0) return [];
  const sounds = counted(soundsOf(predictions), "different recording and start");
  const people = counted(new Set(predictions.map((row) => row.subject)).size, "different subject");
  const judged = plainSentence`The model was judged on ${sounds} sounds of ${people} subjects.`;
  const unheard = run.config?.imported === undefined
    ? plainSentence` It had heard none of them in training.`
    : run.splits === null
    ? plainSentence` Whether it had heard them in training is not known: another program made its predictions.`
    : plainSentence` By the table of its predictions, it had heard none of them in training.`;
  return [(run.metrics?.leaks ?? []).length > 0 ? judged : joined(judged, unheard)];
}

function soundsOf(predictions: ReportView["predictions"]): number {
  return new Set(predictions.map(({ recording, start }) => `${recording} ${start}`)).size;
}

function outOfHundred({ predictions, classes }: ReportView): PlainSentence[] {
  const [healthy, ...others] = classes;
  const well = predictions.filter(({ label }) => label === healthy);
  const ill = predictions.filter(({ label }) => label !== healthy);
  if (well.length === 0 || ill.length === 0) return [];
  const share = (of: typeof well, is: (row: typeof well[number]) => boolean) =>
    Math.round(100 * of.filter(is).length / of.length);
  const passed = share(well, ({ predicted }) => predicted === healthy);
  const found = share(ill, ({ predicted }) => predicted !== healthy);
  const named = share(ill, ({ predicted, label }) => predicted === label);
  const of100 = (value: number) => counted(value, "label, predicted");
  return [
    plainSentence`Of 100 sounds labelled ${healthy}, it calls ${
      of100(passed)
    } so and raises a false alarm for the other ${of100(100 - passed)}.`,
    others.length === 1
      ? plainSentence`Of 100 sounds labelled ${others[0]}, it finds ${of100(found)} and misses ${of100(100 - found)}.`
      : plainSentence`Of 100 other sounds, it notices ${of100(found)} as not ${healthy}, and gives ${
        of100(named)
      } their right name.`,
  ];
}

function againstFloor(view: ReportView): PlainSentence[] {
  const [name] = headlineNames(view);
  const told = name === undefined ? null : toldScore(view, name);
  if (!told || told.score.value === null || told.score.floor === null) return [];
  const { value, low, high, floor, floors } = told.score, lower = lowerIsBetter(name, told.score);
  const by = Object.entries(floors).find(([, reached]) => reached === floor)?.[0] ?? "";
  const key = `parts.${view.part}.${told.at}`;
  const scored = (number: number, at: string): TracedProps => ({ value: number.toFixed(2), file: "metrics.json", at });
  const than = plainSentence`${scoreName(name, told.score).name}${told.over ? `, the ${told.over},` : ""} is ${
    scored(value, `${key}.value`)
  }; ${floorWords[by] ?? by} alone reaches ${scored(floor, `${key}.floors.${by}`)}`;
  const says = (verdict: PlainSentence) => [joined(than, verdict)];
  if (value === floor && value === (lower ? 0 : 1)) {
    return says(plainSentence`. Both are right on all: too easy, or too few, to tell them apart.`);
  }
  if (lower ? value >= floor : value <= floor) {
    return says(
      hearingFloors.includes(by)
        ? plainSentence`. A simpler model is as good as this network, or better.`
        : plainSentence`. This run does not show that the network is of use.`,
    );
  }
  const near = lower ? high : low;
  if (near !== null && (lower ? near >= floor : near <= floor)) {
    return says(plainSentence`, and that lies within the interval: with this many subjects it may be chance.`);
  }
  const gained = scored(Math.abs(value - floor), `${key}: value less floor`);
  return says(plainSentence`. What the network adds is the difference, ${gained}.`);
}

function againstReferences(view: ReportView): PlainSentence[] {
  return (view.run.config?.references ?? []).flatMap((reference, i) => {
    const score = toldScore(view, reference.score)?.score;
    if (!score || score.value === null) return [];
    const { low, high } = score;
    const place = low !== null && high !== null && low <= reference.value && reference.value <= high
      ? "within this run's interval"
      : reference.value > score.value
      ? "above this run"
      : "below this run";
    const compared = { value: reference.value.toFixed(3), file: "config.json", at: `references[${i}].value` };
    return [
      plainSentence`${reference.kind === "published" ? "Published" : "Own baseline"} for ${
        scoreName(reference.score).name
      }: ${compared} (${reference.what}), ${place}.`,
    ];
  });
}

function onlyThese(
  { classes, run, trainedOn = run.config?.imported ? undefined : run.data?.title }: ReportView,
): PlainSentence[] {
  if (classes.length === 0) return [];
  const title = trainedOn === undefined ? "" : ` and it has only met the recordings of "${trainedOn}"`;
  return [
    plainSentence`It knows ${
      list(classes)
    } and nothing else${title}: another illness, device, age or room can change every figure.`,
  ];
}

function rareClasses({ predictions, classes }: ReportView): PlainSentence[] {
  const rare = classes.map((name) => ({ name, count: soundsOf(predictions.filter((row) => row.label === name)) }))
    .filter(({ count }) => count > 0 && count < FEW);
  if (rare.length === 0) return [];
  const named = rare.map(({ name, count }) => plainSentence`${name} (${counted(count, `label ${name}`)})`);
  return [
    joined(plainSentence`What is said of `, ...listed(named), plainSentence` rests on fewer than ${`${FEW}`} sounds.`),
  ];
}

function worseSources(view: ReportView): PlainSentence[] {
  const named = (flag: string) =>
    list(sourceFlags(view).filter((one) => one.flag === flag).map(({ source }) => view.listed(source)));
  const worse = named("worse"), below = named("below floor");
  return [
    ...worse === "" ? [] : [plainSentence`It does worse on ${worse} than overall: see "Source by source".`],
    ...below === "" ? [] : [plainSentence`On ${below} it does no better than its floor: see "Source by source".`],
  ];
}

function worseGroups(view: ReportView): PlainSentence[] {
  const worse = groupRows(view).filter(({ difference }) => difference?.worse);
  if (worse.length === 0) return [];
  const named = worse.map(({ attribute, group }) => `${attribute} ${group}`);
  return [plainSentence`It does worse on ${list(named)} than on all others: see "Group by group".`];
}

/** Over- or under-confidence of more than 5 points is worth a sentence. */
function sureness({ predictions, classes }: ReportView): PlainSentence[] {
  if (predictions.length === 0) return [];
  const mean = (of: (row: typeof predictions[number], surest: number) => number) =>
    predictions.reduce((sum, row) => sum + of(row, Math.max(...row.probabilities)), 0) / predictions.length;
  const said = mean((_, surest) => surest);
  const right = mean((row, surest) => Number(classes[row.probabilities.indexOf(surest)] === row.label));
  if (Math.abs(said - right) <= 0.05) return [];
  const percent = (x: number, at: string) => counted(`${Math.round(100 * x)} %`, at);
  const how = said > right ? "high" : "low";
  return [
    plainSentence`Its probabilities are too ${how}: on average it says ${
      percent(said, "mean of the greatest probability")
    } for its first choice, which is right in ${percent(right, "label, greatest probability")}.`,
  ];
}

/** Counted in the predictions of the part that the report judges by. */
function counted(value: number | string, at: string): TracedProps {
  return { value: typeof value === "number" ? value.toLocaleString("en") : value, file: "predictions.csv", at };
}

function joined(...parts: PlainSentence[]): PlainSentence {
  return { text: parts.map(({ text }) => text).join(""), pieces: parts.flatMap(({ pieces }) => pieces) };
}

/** With commas and "and" between. */
function listed(parts: PlainSentence[]): PlainSentence[] {
  const between = (i: number) => i === parts.length - 1 ? plainSentence` and ` : plainSentence`, `;
  return parts.flatMap((part, i) => i === 0 ? [part] : [between(i), part]);
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}

/** A sentence whose numbers say where they come from. */
export interface PlainSentence {
  /** As it is read. */
  text: string;
  /** The same in pieces. */
  pieces: (string | TracedProps)[];
}

/** A sentence from a template: what is put in is a text, or a number with its file and key. */
export function plainSentence(words: TemplateStringsArray, ...put: (string | TracedProps)[]): PlainSentence {
  const pieces = words.flatMap((text, i) => i < put.length ? [text, put[i]] : [text]).filter((piece) => piece !== "");
  return { text: pieces.map((piece) => typeof piece === "string" ? piece : piece.value).join(""), pieces };
}
