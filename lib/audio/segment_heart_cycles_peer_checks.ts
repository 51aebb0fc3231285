import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { annotatedRecordings, f1Score } from "./heart_cycles/annotated_recordings.ts";
import { heldOutMatches } from "./heart_cycles/held_out_matches.ts";

peerCheck("S1 and S2 of children that the model didn't see are found with an F1 of 0.9 and more", {
  datasets: ["circor"],
}, async (peers) => {
  const matches = heldOutMatches(await annotatedRecordings(peers.dataset("circor")));
  for (const sound of ["S1", "S2"] as const) {
    expect(f1Score(matches.map((match) => match[sound]))).toBeGreaterThan(0.9);
  }
});
