import { visibleText } from "../files/visible_text.ts";
import type { Predictor } from "./predictor.ts";
import type { FilePrediction } from "./predict_file.ts";
import { type HeardState, heartWords, KNOWN, type TimelinePiece } from "./sound_prediction.ts";
import { modelWorth } from "./model_worth.ts";
import { soundMeaning } from "./sound_meaning.ts";

const NO_DIAGNOSIS = "No diagnosis: a research model, no medical device.";

/**
 * What a person reads of a prediction: what was heard where, how sure, what such a sound means, what to do next, and
 * that it is no diagnosis. Plain text of a few lines.
 */
export function insightCard(prediction: FilePrediction, { bundle }: Pick<Predictor, "bundle">): string {
  const file = visibleText(prediction.file).replaceAll(/\s/g, " ");
  if (prediction.error !== undefined) return `${file}\n  not read  ${prediction.error}`;
  const { verdict, label, probabilities, reasons, timeline, duration } = prediction;
  const line = (name: string, text: string) => `  ${name.padEnd(9)} ${text}`;
  const lines = [`${file} (${duration.toFixed(1)} s)`];
  for (const note of prediction.notes) lines.push(line("note", note));
  const { score, warning } = modelWorth(bundle);
  const worth = [line("worth", score), ...warning ? [line("beware", warning)] : []];
  if (verdict === "refused" || label === null || probabilities === null) {
    lines.push(line("refused", reasons.join("; ")));
    lines.push(line("next", "Record again: quiet room, firm contact, 15 s or more, gain below clipping."));
    return [...lines, ...worth, line("", NO_DIAGNOSIS)].join("\n");
  }
  if (prediction.known) lines.push(line("known", KNOWN));
  const best = probabilities[bundle.classes.indexOf(label)];
  const others = bundle.classes.map((name, c) => ({ name, p: probabilities[c] }))
    .filter(({ name }) => name !== label)
    .toSorted((a, b) => b.p - a.p)
    .slice(0, 3);
  lines.push(
    line("heard", `${label}, ${percent(best)}; ${others.map(({ name, p }) => `${name} ${percent(p)}`).join(", ")}`),
  );
  if (verdict === "unsure") lines.push(line("unsure", reasons.join("; ")));
  const where = heardWhere(timeline, bundle.classes, label);
  if (where !== "") lines.push(line("where", where));
  if (prediction.heart) lines.push(line("heart", heartWords(prediction.heart)));
  if (bundle.frameAnswers) lines.push(line("systoles", murmurWhere(prediction.states, bundle.frameAnswers.classes)));
  const meaning = soundMeaning(label);
  if (meaning) lines.push(line("meaning", `${meaning.meaning} (${meaning.source})`));
  if (prediction.resembles.length > 0) lines.push(line("resembles", resemblance(prediction.resembles)));
  const count = bundle.trainedOn[label];
  if (count !== undefined) {
    lines.push(line("learned", `from ${count} sounds labelled ${label} in ${bundle.data ?? bundle.dataset}`));
  }
  lines.push(line("next", next(verdict, label, bundle.classes[0])));
  return [...lines, ...worth, line("", NO_DIAGNOSIS)].join("\n");
}

/** What the nearest training recordings are, the most frequent label first. */
function resemblance(labels: readonly string[]): string {
  const counts = [...Map.groupBy(labels, (label) => label)].toSorted((a, b) => b[1].length - a[1].length);
  const shares = counts.map(([label, own]) => `${own.length} ${label}`);
  return `of the ${labels.length} training recordings that sound most alike: ${shares.join(", ")}`;
}

function next(verdict: string, label: string, healthy: string): string {
  if (verdict === "unsure") return "Record again and compare; listen yourself.";
  return label === healthy
    ? "A model misses some: listen yourself where there are complaints."
    : "Listen to the places above; have a clinician listen.";
}

/** Stretches in which the class is the likeliest, joined where they touch. */
function heardWhere(timeline: readonly TimelinePiece[], classes: readonly string[], label: string): string {
  if (timeline.length < 2) return "";
  const c = classes.indexOf(label);
  const stretches: { start: number; end: number }[] = [];
  for (const { start, end, probabilities } of timeline) {
    if (probabilities[c] < Math.max(...probabilities)) continue;
    const last = stretches.at(-1);
    if (last && start <= last.end + 0.01) last.end = Math.max(last.end, end);
    else stretches.push({ start, end });
  }
  return stretches.map(({ start, end }) => `${start.toFixed(1)}–${end.toFixed(1)} s`).join(", ");
}

/** Stretches that are told by their seconds. */
const TOLD = 6;

/** In which systoles a murmur is likelier than none, in a part of it or the whole. */
function murmurWhere(states: readonly HeardState[], classes: readonly string[]): string {
  const [none, murmur] = [classes.indexOf("systole"), classes.indexOf("murmur")];
  const systoles: { start: number; end: number; heard: boolean }[] = [];
  for (const { start, end, state, probabilities } of states) {
    if (state !== "systole" && state !== "murmur") continue;
    const before = systoles.at(-1), heard = probabilities[murmur] > probabilities[none];
    if (before?.end === start) Object.assign(before, { end, heard: before.heard || heard });
    else systoles.push({ start, end, heard });
  }
  const loud = systoles.filter(({ heard }) => heard);
  const places = loud.slice(0, TOLD).map(({ start, end }) => `${start.toFixed(1)}–${end.toFixed(1)} s`);
  const where = places.length === 0 ? "" : `: ${places.join(", ")}${loud.length > TOLD ? ", …" : ""}`;
  return `a murmur is likelier than none in ${loud.length} of ${systoles.length}${where}`;
}

function percent(p: number): string {
  return `${Math.round(100 * p)} %`;
}
