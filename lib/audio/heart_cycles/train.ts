// Learns the model of segmentHeartCycles() from CirCor's annotations and writes model.json and the table in ../README.md.
//
//   deno run -P=train --allow-write lib/audio/heart_cycles/train.ts DATASETS
//
// DATASETS holds the folder circor with a .tsv beside each recording (start s, end s, state; 0 where not annotated).

import { parseCsv, progress, writeAtomic } from "../../files/mod.ts";
import { type Interval, subjectBootstrap, subjectFolds } from "../calibration/subjects.ts";
import { writeSection } from "../calibration/write_section.ts";
import { readRecording } from "../read_recording.ts";
import { cycleEnvelopes, ENVELOPE_RATE } from "./cycle_envelopes.ts";
import { type AnnotatedState, fitCycleModel } from "./fit_cycle_model.ts";
import { matchSounds, type SoundMatches } from "./match_sounds.ts";
import { segmentEnvelopes } from "./segment_envelopes.ts";

interface Annotated {
  subject: string;
  envelopes: Float64Array[];
  states: AnnotatedState[];
}

const FOLDS = 5;

/** Seconds between an expert's onset and ours that still counts as found. */
const TOLERANCE = 0.1;

async function circor(folder: string): Promise<Annotated[]> {
  const rows = parseCsv(await Deno.readTextFile(`${folder}/circor/training_data.csv`), "training_data.csv");
  const twin = new Map(rows.map((row) => [row["Patient ID"], row["Additional ID"]]));
  const names = [...Deno.readDirSync(`${folder}/circor/training_data`)].map(({ name }) => name)
    .filter((name) => name.endsWith(".tsv")).sort();
  const recordings: Annotated[] = [];
  const bar = progress("envelopes", names.length);
  for (const name of names) {
    const path = `${folder}/circor/training_data/${name}`;
    const states = (await Deno.readTextFile(path)).trim().split("\n")
      .map((line) => line.split("\t").map(Number))
      .filter(([, , state]) => state > 0)
      .map(([start, end, state]) => ({ start, end, state: state - 1 }));
    const { samples, sampleRate } = await readRecording(path.replace(/tsv$/, "wav"));
    const id = name.split("_")[0], other = Number(twin.get(id));
    // One child may have two numbers: both stand for it under the lower one.
    const subject = Number.isNaN(other) ? id : String(Math.min(Number(id), other));
    recordings.push({ subject, envelopes: cycleEnvelopes(samples, { sampleRate }), states });
    bar.update(recordings.length);
  }
  bar.stop();
  return recordings;
}

/** Matches of S1 and of S2 in a recording. */
function matches(
  { states }: Annotated,
  segments: { state: number; start: number }[],
): Record<"S1" | "S2", SoundMatches> {
  const match = (state: number) =>
    matchSounds(
      states.filter((segment) => segment.state === state).map(({ start }) => start),
      segments.filter((segment) => segment.state === state && segment.start > 0)
        .map(({ start }) => start / ENVELOPE_RATE),
      { tolerance: TOLERANCE, annotated: states },
    );
  return { S1: match(0), S2: match(2) };
}

function f1(all: SoundMatches[]): number {
  const sum = (key: keyof SoundMatches) => all.reduce((total, matches) => total + matches[key], 0);
  return 2 * sum("hits") / (2 * sum("hits") + sum("missed") + sum("invented"));
}

if (import.meta.main) {
  const recordings = await circor(Deno.args[0]);
  const subjects = recordings.map(({ subject }) => subject);
  const folds = subjectFolds(subjects, { folds: FOLDS, seed: 0 });
  const heldOut = new Array<Record<"S1" | "S2", SoundMatches>>(recordings.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fitCycleModel(recordings.filter((_, i) => folds[i] !== fold));
    for (const [i, recording] of recordings.entries()) {
      if (folds[i] === fold) heldOut[i] = matches(recording, segmentEnvelopes(recording.envelopes, model).segments);
    }
  }
  const scoreOf = (sounds: ("S1" | "S2")[]) =>
    subjectBootstrap(subjects, {
      statistic: (items) => f1(items.flatMap((i) => sounds.map((sound) => heldOut[i][sound]))),
      seed: 0,
    });
  const cell = ({ value, low, high }: Interval) => `${value.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`;
  const count = (sound: "S1" | "S2", key: keyof SoundMatches) => heldOut.reduce((sum, m) => sum + m[sound][key], 0);
  const row = (sound: "S1" | "S2") => [
    sound,
    count(sound, "hits") + count(sound, "missed"),
    count(sound, "missed"),
    count(sound, "invented"),
    cell(scoreOf([sound])),
  ];
  const total = (key: keyof SoundMatches) => count("S1", key) + count("S2", key);
  const table = [
    ["sound", "annotated", "missed", "invented", "F1 within 100 ms (95 %)"],
    ["---", "---", "---", "---", "---"],
    row("S1"),
    row("S2"),
    ["both", total("hits") + total("missed"), total("missed"), total("invented"), cell(scoreOf(["S1", "S2"]))],
  ].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  console.log(table);
  const model = JSON.stringify(fitCycleModel(recordings), (_, value) => {
    return typeof value === "number" ? Number(value.toPrecision(6)) : value;
  }, 1);
  await writeAtomic(new URL("model.json", import.meta.url).pathname, model + "\n");
  const size = `${recordings.length} recordings of ${new Set(subjects).size} children.\n\n`;
  await writeSection(new URL("../README.md", import.meta.url), { name: "heart-cycles", text: size + table });
}
