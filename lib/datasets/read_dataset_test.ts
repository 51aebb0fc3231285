import { expect } from "expect";
import type { FoundRow, FoundRows } from "./define_dataset.ts";
import { withFolder } from "./fixtures/with_folder.ts";
import { defineDataset, loadDataset } from "./mod.ts";

let found: FoundRows = { rows: [] };
defineDataset({
  ...{ name: "mine", title: "Mine", sound: "lung", licence: "mine", citation: "me" },
  tasks: { "two": { classes: ["a", "b"], about: "Which?" } },
  read: () => found,
});

const row = (change: Partial<FoundRow> = {}): FoundRow => ({ recording: "x.wav", subject: "1", label: "a", ...change });

Deno.test("a row of an own dataset that can't be is told with dataset, module and row", async () => {
  await withFolder({ "x.wav": { seconds: 2 }, "y.wav": { seconds: 1 } }, async (folder) => {
    const load = async (rows: FoundRow[]) => {
      found = { rows };
      return await loadDataset("mine", { folder, task: "two" });
    };
    const wrong: [Partial<FoundRow>, RegExp][] = [
      [{ recording: "z.wav" }, /a recording of the folder.*"z\.wav"/],
      [{ subject: "" }, /a subject.*found ""/],
      [{ subject: undefined }, /a subject.*found none/],
      [{ label: "c" }, /a label of the task \(a, b\) but found "c"/],
      [{ start: 0, end: 5 }, /within the recording's 2\.000 s.*0 to 5 s/],
      [{ start: 3 }, /within the recording's 2\.000 s/],
      [{ start: 1, end: 0.5 }, /span of time/],
      [{ start: NaN, end: 1 }, /span of time/],
      [{ recording: "y.wav", subject: "2" }, /each segment once but found it in row 1/],
    ];
    for (const [change, message] of wrong) {
      const loading = load([row({ recording: "y.wav" }), row(change)]);
      await expect(loading).rejects.toThrow(message);
      await expect(loading).rejects.toThrow(/row 2 .*of the dataset "mine" by .*read_dataset_test\.ts/);
    }
    const { rows, passedOver } = await load([row(), row({ start: 1 })].slice(0, 2));
    expect(rows.map(({ start, end, source, part, attributes }) => [start, end, source, part, attributes])).toEqual([
      [0, 2, "all", "train", {}],
      [1, 2, "all", "train", {}],
    ]);
    expect(passedOver.map(({ path }) => path)).toEqual(["y.wav"]);
  });
});
