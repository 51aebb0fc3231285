// Learns the network of segmentHeartCycles() from CirCor's annotations; writes network.json and the table in lib/audio/README.md.
//
//   deno run -P=train --allow-write bench/train_heart_cycles.ts DATASETS [--shipped]
//
// DATASETS holds the folder circor with a .tsv beside each recording (start s, end s, state; 0 where not annotated), and
// sprsound, whose lungs are to be refused. With --shipped nothing is learned: the network that is there is judged, on the
// children of fold 0, whom it has never heard.

import process from "node:process";
import { fileURLToPath } from "node:url";
import { subjectBootstrap } from "./calibration/subjects.ts";
import { writeSection } from "./calibration/write_section.ts";
import { segmentHeartCycles } from "../lib/audio/mod.ts";
import { writeAtomic } from "../lib/files/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import network from "../lib/audio/heart_cycles/network.json" with { type: "json" };
import { readNetwork } from "../lib/audio/heart_cycles/frame_network.ts";
import { fitFrameNetwork } from "./heart_cycles/fit_frame_network.ts";
import { type AnnotatedRecording, childFold, heartChildren, isChosenOn } from "./heart_cycles/heart_children.ts";
import { heartlessPart, type HeartlessSound, heartlessSounds } from "./heart_cycles/heartless_sounds.ts";
import { f1Score, hear, type HeardHeart, hearHeart, type Listener } from "./heart_cycles/hear_heart.ts";
import { packNetwork } from "./heart_cycles/pack_network.ts";

const FOLDS = 5;

/** Of the sounds without a heart that are there to choose by, so many may get a rate. */
const MADE_UP = 0.05;

if (import.meta.main) {
  const recordings = await heartChildren(`${Deno.args[0]}/circor`);
  const heartless = await heartlessSounds(Deno.args[0]);
  const partOf = (part: string) => heartless.filter(({ subject }) => heartlessPart(subject) === part);
  const listeners: Listener[] = Deno.args.includes("--shipped")
    ? [{ layers: readNetwork(network.layers), leastConfidence: network.leastConfidence }]
    : await learn(recordings, partOf);
  const listenerOf = ({ subject }: AnnotatedRecording) => listeners[childFold(subject)] as Listener | undefined;
  const judged = recordings.filter((recording) => !isChosenOn(recording.subject) && listenerOf(recording));
  const heard = judged.map((recording) => hearHeart(recording, listenerOf(recording)!));
  const text = [page(judged, heard), refusals(partOf("judge"), listeners[0]), speed()].join("\n");
  console.log(text);
  await writeSection(new URL("../lib/audio/README.md", import.meta.url), { name: "heart-cycles", text });
}

/** A listener for the children of each fold, who learned from the others; that of the first is kept in network.json. */
async function learn(
  recordings: AnnotatedRecording[],
  partOf: (part: string) => HeartlessSound[],
): Promise<Listener[]> {
  const networks: Listener["layers"][] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = recordings.filter(({ subject }) => childFold(subject) !== fold);
    networks.push(await fitFrameNetwork(others, partOf("learn").map(({ frames }) => frames)));
    console.log(`network ${fold + 1} of ${FOLDS}`);
  }
  const leastConfidence = chosenConfidence(partOf("choose"), networks[0]);
  const shipped = {
    licence: "ODC-By 1.0 (CirCor), CC BY 4.0 (SPRSound)",
    source:
      "learned from the CirCor DigiScope dataset 1.0.3 (Oliveira et al. 2022), without the children of fold 0; what " +
      "no heart is from SPRSound (Zhang et al. 2022)",
    leastConfidence,
    layers: packNetwork(networks[0]),
  };
  const place = new URL("../lib/audio/heart_cycles/network.json", import.meta.url);
  await writeAtomic(fileURLToPath(place), JSON.stringify(shipped, null, 1) + "\n");
  return networks.map((layers) => ({ layers, leastConfidence }));
}

/** The least confidence, in hundredths, that no more than a share {@linkcode MADE_UP} of sounds without a heart reach. */
function chosenConfidence(sounds: HeartlessSound[], layers: Listener["layers"]): number {
  const confidences = sounds.map(({ frames }) => hear(frames, { layers, leastConfidence: 0 }).confidence);
  const falling = confidences.sort((a, b) => b - a);
  return Math.floor(100 * falling[Math.floor(MADE_UP * falling.length)] + 1) / 100;
}

/** Rows on sounds that neither the network nor the least confidence were chosen on. */
function refusals(sounds: HeartlessSound[], listener: Listener): string {
  const names = { lung: "lungs (SPRSound)", noise: "noise, steady or swelling", clicks: "metronomes" };
  return Object.entries(names).map(([kind, name]) => {
    const own = sounds.filter((sound) => sound.kind === kind);
    const rated = own.map(({ frames }) => hear(frames, listener).heartRate !== null);
    const { value, low, high } = subjectBootstrap(own.map(({ subject }) => subject), {
      statistic: (items) => items.filter((i) => rated[i]).length / items.length,
      seed: 0,
    });
    const figure = `${value.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`;
    return `| a rate made up of ${name}, share of ${own.length} | ${figure} |`;
  }).join("\n");
}

/** Time of the processor, which other programs don't lengthen much. */
function speed(): string {
  const stream = randomStream(0, "speed"), seconds = 15, sampleRate = 4000, times = 20;
  const sound = Float32Array.from({ length: seconds * sampleRate }, () => stream.normal());
  const listen = () => segmentHeartCycles(sound, { sampleRate });
  for (let i = 0; i < 5; i++) listen();
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) listen();
  const { user, system } = process.cpuUsage(before), ms = (user + system) / 1000 / times;
  return `| a recording of 15 s at 4 kHz, without reading it | ${ms.toFixed()} ms of a core |\n` +
    `| such recordings a minute on two cores | ${Math.round(2 * 60000 / ms)} |`;
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
    [
      "S1 and S2 swapped, of what isn't refused",
      figure((hearts) => share(hearts.filter(({ refused }) => !refused), ({ swapped }) => swapped)),
    ],
    [
      "refused: too noisy, or no one rhythm; share of recordings",
      figure((hearts) => share(hearts, ({ refused }) => refused)),
    ],
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
