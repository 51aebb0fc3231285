import { expect } from "expect";
import { withFolder } from "./fixtures/with_folder.ts";
import { cutToRecordings, loadDataset } from "./mod.ts";

Deno.test("cutToRecordings() ends segments with their recordings, and leaves out what begins behind the end", async () => {
  const csv = "path,subject,label,start,end\na.wav,p,x,0,2\na.wav,p,y,1.5,9\nb.wav,q,x,3,4\nb.wav,q,y,0,1.03\n";
  await withFolder({ "a.wav": { seconds: 2 }, "b.wav": { seconds: 1 }, "manifest.csv": csv }, async (folder) => {
    const { rows, passedOver, warnings } = await cutToRecordings(await loadDataset("csv", { folder, task: "labels" }));
    expect(rows.map(({ recording, start, end }) => [recording, start, end])).toEqual([
      ["a.wav", 0, 2],
      ["a.wav", 1.5, 2],
      ["b.wav", 0, 1.03], // rounded by whoever marked it
    ]);
    expect(passedOver).toEqual([{
      path: "b.wav (3-4 s)",
      reason: "the segment begins behind the end of the recording, which lasts 1 s",
    }]);
    expect(warnings!.join("\n")).toMatch(
      /A segment was left out: it begins .*\(b\.wav, 3 to 4 s\)\.\nA segment was cut: .*a\.wav/,
    );
  });
});

Deno.test("cutToRecordings() leaves alone what fits, and a file that can't be read", async () => {
  const csv = "path,subject,label,start,end\na.wav,p,x,0,2\nb.wav,q,y,0,9\n";
  await withFolder({ "a.wav": { seconds: 2 }, "b.wav": "no sound", "manifest.csv": csv }, async (folder) => {
    const loaded = await loadDataset("csv", { folder, task: "labels" });
    expect(await cutToRecordings(loaded)).toBe(loaded);
  });
});
