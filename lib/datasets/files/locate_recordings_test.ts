import { expect } from "expect";
import { withFolder } from "../fixtures/with_folder.ts";
import { locateRecordings } from "./locate_recordings.ts";

const sound = { seconds: 0.1 };

Deno.test("locateRecordings() finds relative, absolute and odd paths, other Unicode forms, other formats and case", async () => {
  await withFolder({ "t/rec/é 1.WAV": sound, "t/rec/2.flac": sound, "other/3.wav": sound }, async (folder) => {
    const names = [
      "rec/e\u0301 1.wav",
      "./rec//2.wav",
      "rec\\2",
      `${folder}/other/3.wav`,
      "../other/3.wav",
      "rec/4.wav",
      "",
    ];
    const { paths, notes } = await locateRecordings(`${folder}/t`, names);
    expect([...paths.values()].sort()).toEqual([
      ...["../other/3.wav", "../other/3.wav", "rec/2.flac", "rec/2.flac", "rec/é 1.WAV"],
    ]);
    expect(notes).toEqual([]);
  });
});

Deno.test("locateRecordings() never takes another patient's recording of the same name", async () => {
  await withFolder({ "p1/a.wav": sound, "p2/a.wav": sound, "p2/b.wav": sound, "c.wav": sound }, async (folder) => {
    const { paths, notes } = await locateRecordings(folder, ["p1/a.wav", "p1/b.wav", "p3/c.wav", "a.wav", "b.wav"]);
    expect([...paths]).toEqual([["p1/a.wav", "p1/a.wav"], ["b.wav", "p2/b.wav"]]);
    expect(notes).toEqual([expect.stringMatching(/the only one of its name.*: 1 \(b\.wav is p2\/b\.wav\)/)]);
  });
});

Deno.test("locateRecordings() takes what all paths begin with for the folder, where the table came from elsewhere", async () => {
  await withFolder({ "rec/p1/a.wav": sound, "rec/p2/a.wav": sound }, async (folder) => {
    const { paths, notes } = await locateRecordings(folder, ["D:\\study\\rec\\p1\\a.wav", "D:\\study\\rec\\p2\\a.wav"]);
    expect([...paths.values()]).toEqual(["rec/p1/a.wav", "rec/p2/a.wav"]);
    expect(notes).toEqual([expect.stringMatching(/"D:\/study\/", with which all paths begin/)]);
  });
});
