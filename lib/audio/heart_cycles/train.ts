// Learns the model of segmentHeartCycles() from CirCor's annotations and writes model.json and the table in ../README.md.
//
//   deno run -P=train --allow-write lib/audio/heart_cycles/train.ts DATASETS
//
// DATASETS holds the folder circor with a .tsv beside each recording (start s, end s, state; 0 where not annotated).

import { fileURLToPath } from "node:url";
import { writeAtomic } from "../../files/mod.ts";
import { type Interval, subjectBootstrap } from "../calibration/subjects.ts";
import { writeSection } from "../calibration/write_section.ts";
import { annotatedRecordings, f1Score } from "./annotated_recordings.ts";
import { fitCycleModel } from "./fit_cycle_model.ts";
import { heldOutMatches } from "./held_out_matches.ts";
import type { SoundMatches } from "./match_sounds.ts";

if (import.meta.main) {
  const recordings = await annotatedRecordings(`${Deno.args[0]}/circor`);
  const subjects = recordings.map(({ subject }) => subject);
  const heldOut = heldOutMatches(recordings);
  const scoreOf = (sounds: ("S1" | "S2")[]) =>
    subjectBootstrap(subjects, {
      statistic: (items) => f1Score(items.flatMap((i) => sounds.map((sound) => heldOut[i][sound]))),
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
  await writeAtomic(fileURLToPath(new URL("model.json", import.meta.url)), model + "\n");
  const size = `${recordings.length} recordings of ${new Set(subjects).size} children.\n\n`;
  await writeSection(new URL("../README.md", import.meta.url), { name: "heart-cycles", text: size + table });
}
