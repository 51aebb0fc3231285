import { expect } from "expect";
import { joinNearDuplicates } from "./near_duplicates/near_duplicate_groups.ts";
import type { Manifest } from "./manifest.ts";

function manifest(...subjects: string[]): Manifest {
  const rows = subjects.map((subject, i) => ({
    ...{ recording: `${i}.wav`, subject, start: 0, end: 1, label: "n", source: "", part: "train", attributes: {} },
  }));
  return { dataset: "csv", task: "labels", folder: "", classes: ["n"], rows, events: [], passedOver: [] };
}

Deno.test("joinNearDuplicates() makes one subject of those whose recordings are connected, through any number of steps", () => {
  const joined = joinNearDuplicates(manifest("ann", "bob", "cyd", "dan", "bob"), [["0.wav", "1.wav"], [
    "2.wav",
    "4.wav",
  ]]);
  expect(joined.rows.map(({ subject }) => subject)).toEqual(["ann", "ann", "ann", "dan", "ann"]);
  expect(joined.warnings).toEqual([expect.stringMatching(/^4 subjects are taken for 2: .*0\.wav = 1\.wav/)]);
});

Deno.test("joinNearDuplicates() groups recordings of unknown subjects, and leaves subjects alone that nothing connects", () => {
  const unknown = joinNearDuplicates(manifest("", "", ""), [["1.wav", "2.wav"]]);
  expect(unknown.rows.map(({ subject }) => subject)).toEqual(["0", "1", "1"]);
  expect(joinNearDuplicates(manifest("ann", "ann"), [["0.wav", "1.wav"]]).warnings).toEqual([]);
});
