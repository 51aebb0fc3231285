import { expect } from "expect";
import { join } from "node:path";
import { childFold, heartChildren } from "../../bench/heart_cycles/heart_children.ts";
import { f1Score, hear, hearHeart } from "../../bench/heart_cycles/hear_heart.ts";
import { heartlessPart, heartlessSounds } from "../../bench/heart_cycles/heartless_sounds.ts";
import { peerCheck } from "../testing/mod.ts";
import network from "./heart_cycles/network.json" with { type: "json" };
import { readNetwork } from "./heart_cycles/frame_network.ts";

peerCheck("the shipped network finds S1 and S2 of children whom it has never heard", {
  datasets: ["circor"],
}, async (peers) => {
  const recordings = await heartChildren(peers.dataset("circor"), { wanted: (child) => childFold(child) === 0 });
  expect(new Set(recordings.map(({ subject }) => subject)).size).toBeGreaterThan(20);
  const layers = readNetwork(network.layers);
  const heard = recordings.map((recording) =>
    hearHeart(recording, { layers, leastConfidence: network.leastConfidence })
  );
  for (const [tolerance, atLeast] of [["wide", 0.95], ["narrow", 0.94]] as const) {
    expect(f1Score(heard.flatMap((heart) => [heart[tolerance].S1, heart[tolerance].S2]))).toBeGreaterThan(atLeast);
  }
  expect(heard.filter(({ swapped }) => swapped).length).toBeLessThan(0.05 * heard.length);
  const errors = heard.flatMap(({ rateError }) => rateError ?? []).sort((a, b) => a - b);
  expect(errors[errors.length >> 1]).toBeLessThan(2);
});

peerCheck("the shipped network refuses nine of ten lung recordings that were kept to judge it", {
  datasets: ["sprsound"],
}, async (peers) => {
  const sounds = await heartlessSounds(join(peers.dataset("sprsound"), ".."), { each: 16, made: 0 });
  const judged = sounds.filter(({ subject }) => heartlessPart(subject) === "judge");
  expect(judged.length).toBeGreaterThan(20);
  const listener = { layers: readNetwork(network.layers), leastConfidence: network.leastConfidence };
  const rated = judged.filter(({ frames }) => hear(frames, listener).heartRate !== null);
  expect(rated.length).toBeLessThan(0.1 * judged.length);
});
