// Learns the network of segmentHeartCycles() from CirCor's annotations; writes network.json and the table in lib/audio/README.md.
//
//   deno run -P=train --allow-write bench/train_heart_cycles.ts DATASETS
//
// DATASETS holds the folder circor with a .tsv beside each recording (start s, end s, state; 0 where not annotated).

import { fileURLToPath } from "node:url";
import { subjectBootstrap } from "./calibration/subjects.ts";
import { writeSection } from "./calibration/write_section.ts";
import type { DenseLayer } from "../lib/audio/heart_cycles/frame_network.ts";
import { writeAtomic } from "../lib/files/mod.ts";
import { fitFrameNetwork } from "./heart_cycles/fit_frame_network.ts";
import { type AnnotatedRecording, childFold, heartChildren, isChosenOn } from "./heart_cycles/heart_children.ts";
import { f1Score, type HeardHeart, hearHeart } from "./heart_cycles/hear_heart.ts";
import { packNetwork } from "./heart_cycles/pack_network.ts";

const FOLDS = 5;

if (import.meta.main) {
  const recordings = await heartChildren(`${Deno.args[0]}/circor`);
  const networks: DenseLayer[][] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    networks.push(await fitFrameNetwork(recordings.filter(({ subject }) => childFold(subject) !== fold)));
    console.log(`network ${fold + 1} of ${FOLDS}`);
  }
  const judged = recordings.filter(({ subject }) => !isChosenOn(subject));
  const heard = judged.map((recording) => hearHeart(recording, networks[childFold(recording.subject)]));
  const text = page(judged, heard);
  console.log(text);
  const shipped = {
    licence: "ODC-By 1.0",
    source: "learned from the CirCor DigiScope dataset 1.0.3 (Oliveira et al. 2022), without the children of fold 0",
    layers: packNetwork(networks[0]),
  };
  const place = new URL("../lib/audio/heart_cycles/network.json", import.meta.url);
  await writeAtomic(fileURLToPath(place), JSON.stringify(shipped, null, 1) + "\n");
  await writeSection(new URL("../lib/audio/README.md", import.meta.url), { name: "heart-cycles", text });
}

export function page(judged: AnnotatedRecording[], heard: HeardHeart[]): string {
  const subjects = judged.map(({ subject }) => subject);
  const figure = (statistic: (hearts: HeardHeart[]) => number, digits = 3) => {
    const { value, low, high } = subjectBootstrap(subjects, {
      statistic: (items) => statistic(items.map((i) => heard[i])),
      seed: 0,
    });
    return `${value.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`;
  };
  const sounds = (tolerance: "wide" | "narrow", of: ("S1" | "S2")[]) => (hearts: HeardHeart[]) =>
    f1Score(hearts.flatMap((heart) => of.map((sound) => heart[tolerance][sound])));
  const share = (of: HeardHeart[], is: (heart: HeardHeart) => boolean) => of.filter(is).length / of.length;
  const errors = (hearts: HeardHeart[]) => hearts.flatMap(({ rateError }) => rateError ?? []).sort((a, b) => a - b);
  const rows = [
    ["what", "figure (95 %)"],
    ["---", "---"],
    ["onsets of S1, F1 within 100 ms", figure(sounds("wide", ["S1"]))],
    ["onsets of S2, F1 within 100 ms", figure(sounds("wide", ["S2"]))],
    ["both", figure(sounds("wide", ["S1", "S2"]))],
    ["both within 60 ms", figure(sounds("narrow", ["S1", "S2"]))],
    ["S1 and S2 swapped, share of recordings", figure((hearts) => share(hearts, ({ swapped }) => swapped))],
    ["refused as too noisy, share of recordings", figure((hearts) => share(hearts, ({ refused }) => refused))],
    [
      "both within 100 ms, of what isn't refused",
      figure((hearts) => sounds("wide", ["S1", "S2"])(hearts.filter(({ refused }) => !refused))),
    ],
    ["heart rate: median error, beats a minute", figure((hearts) => errors(hearts)[errors(hearts).length >> 1], 2)],
    [
      "heart rate: share within 5 beats a minute",
      figure((hearts) => errors(hearts).filter((error) => error <= 5).length / errors(hearts).length),
    ],
    [
      "a murmur found where experts hear one in systole",
      figure((hearts) => share(hearts.filter(({ truth }) => truth !== ""), ({ murmur }) => murmur !== null)),
    ],
    [
      "the same murmur's timing right",
      figure((hearts) =>
        share(
          hearts.filter(({ truth, murmur }) => truth !== "" && murmur),
          ({ truth, murmur }) => truth.toLowerCase() === murmur,
        )
      ),
    ],
    [
      "a murmur found where they hear none",
      figure((hearts) => share(hearts.filter(({ truth }) => truth === ""), ({ murmur }) => murmur !== null)),
    ],
  ];
  const size = `${judged.length} recordings of ${new Set(subjects).size} children, on whom nothing was chosen.`;
  return `${size}\n\n${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}`;
}
