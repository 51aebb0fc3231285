import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { hashBytes } from "../files/mod.ts";
import { checkDataset } from "./mod.ts";
import { type TestFile, withFolder } from "./fixtures/with_folder.ts";

/** What a check says of a folder, as `kind path: message`. */
async function findings(name: string, files: Record<string, TestFile>): Promise<string[]> {
  let said: string[] = [];
  await withFolder(files, async (folder) => {
    const check = await checkDataset(name, { folder });
    said = check.findings.map(({ kind, path, message }) => `${kind} ${path}: ${message}`);
  });
  return said;
}

const sound = encodeWav(Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i / 5) / 2), { sampleRate: 2000 });

Deno.test("checkDataset() finds nothing wrong with a sound folder", async () => {
  expect(await findings("folders", { "a/1.wav": { seconds: 1, seed: 1 }, "b/2.wav": { seconds: 1, seed: 2 } })).toEqual(
    [],
  );
});

Deno.test("checkDataset() says that a folder holds no recording", async () => {
  expect(await findings("yaseen", { "readme.txt": "moved" })).toEqual(["missing : no recording is here"]);
});

Deno.test("checkDataset() says that the tables are missing, not only that no row names a recording", async () => {
  const said = await findings("bmd-hs", { "train/pat_1_Mit.wav": { seconds: 1, seed: 1 } });
  expect(said).toContainEqual(expect.stringMatching(/^missing : .*the tables are not here/));
});

Deno.test("checkDataset() finds truncated, silent and unreadable files", async () => {
  const said = await findings("folders", {
    "a/1.wav": sound.subarray(0, 1000),
    "a/2.wav": encodeWav(new Float32Array(100), { sampleRate: 2000 }),
    "a/3.wav": "hello",
    "a/4.wav": { seconds: 1 },
  });
  expect(said.map((line) => line.slice(0, 15))).toEqual(["damaged a/1.wav", "damaged a/2.wav", "damaged a/3.wav"]);
  expect(said[1]).toMatch(/nothing but silence/);
});

Deno.test("checkDataset() finds the same samples twice, under one label and under two", async () => {
  const said = await findings("folders", { "a/1.wav": sound, "a/2.wav": sound, "b/3.wav": sound });
  expect(said).toEqual([
    "duplicate a/2.wav: holds the same samples as a/1.wav",
    "mislabelled b/3.wav: holds the same samples as a/1.wav, under another label",
  ]);
});

Deno.test("checkDataset() notes a wrong block alignment, and finds segments beyond the end", async () => {
  const odd = sound.slice();
  new DataView(odd.buffer).setUint16(32, 4, true);
  const said = await findings("csv", { "1.wav": odd, "manifest.csv": "path,subject,label,start,end\n1.wav,p,x,0,3\n" });
  expect(said).toEqual([
    "mislabelled 1.wav: a segment from 0 to 3 s ends after the recording (1.000 s)",
    "note 1.wav: says a block alignment of 4 in its header, 2 is right; it is read by the right one",
  ]);
});

Deno.test("checkDataset() compares with SHA256SUMS.txt, and takes a WAV for the FLAC it was made from", async () => {
  const zeros = "0".repeat(64);
  const said = await findings("folders", {
    "a/1.wav": sound,
    "b/2.wav": { seconds: 1 },
    "c/4.wav": { seconds: 1, seed: 2 },
    "SHA256SUMS.txt": `${hashBytes(sound)} a/1.wav\n${zeros} b/2.wav\n${zeros} b/3.wav\n${zeros}  c/4.flac\n`,
  });
  expect(said).toEqual([
    "damaged b/2.wav: has another checksum than SHA256SUMS.txt says",
    "missing b/3.wav: is named in SHA256SUMS.txt",
  ]);
});

Deno.test("checkDataset() finds a patient on both sides of an official split", async () => {
  const said = await findings("icbhi", {
    "ICBHI_challenge_train_test.txt": "156_1b1_Al_sc_Meditron\ttest\n156_2b1_Al_sc_Meditron\ttrain\n",
    "ICBHI_Challenge_diagnosis.txt": "156\tCOPD\n",
    "db/156_1b1_Al_sc_Meditron.wav": { seconds: 1, seed: 1 },
    "db/156_1b1_Al_sc_Meditron.txt": "0\t1\t0\t0\n",
    "db/156_2b1_Al_sc_Meditron.wav": { seconds: 1, seed: 2 },
    "db/156_2b1_Al_sc_Meditron.txt": "0\t1\t0\t0\n",
  });
  expect(said).toEqual([
    "leak : subject 156 is in the official parts test and train",
    "note : the official split has these patients on both sides: 156",
  ]);
});

Deno.test("checkDataset() says how much a source gives away: 0.8 and 0.2 of 20 rows each are 0.8", async () => {
  const lines = Array.from({ length: 40 }, (_, i) => {
    const ill = i % 2 === 1;
    const source = (i >> 1) % 5 === 0 ? (ill ? "east" : "west") : (ill ? "west" : "east");
    return `1.wav,p${i},${ill ? "ill" : "healthy"},${i / 100},${i / 100 + 0.5},${source}`;
  });
  const said = await findings("csv", {
    "1.wav": sound,
    "manifest.csv": `path,subject,label,start,end,source\n${lines.join("\n")}\n`,
  });
  expect(said[0]).toMatch(/^leak : the source alone \(east, west\) tells .* 0\.800 where chance is 0\.500/);
});

Deno.test("checkDataset() tells the oddities that the folder really has", async () => {
  const said = await findings("circor", {
    "training_data.csv": "Patient ID,Murmur,Murmur locations,Outcome,Campaign,Additional ID\n1,Absent,nan,Normal,C,2\n",
    "training_data/1_AV.wav": { seconds: 1 },
  });
  expect(said).toEqual(["note : patients 1 and 2 are one child (Additional ID): they are one subject, and two visits"]);
});
