import { expect } from "expect";
import { encodeWav, readRecording } from "../../audio/mod.ts";
import { withFolder } from "../../datasets/fixtures/with_folder.ts";
import { findNearDuplicates, generateSynthetic } from "../../datasets/mod.ts";
import { createRun } from "../../runs/mod.ts";
import { knownSounds } from "./known_sounds.ts";

/** Samples as 32-bit floats, which another program may make of a 16-bit file. */
function floatWav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + 4 * samples.length);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  put(0, "RIFF");
  put(8, "WAVEfmt ");
  put(36, "data");
  const words = [[4, bytes.length - 8], [16, 16], [24, sampleRate], [28, 4 * sampleRate], [40, 4 * samples.length]];
  for (const [at, value] of words) view.setUint32(at, value, true);
  for (const [at, value] of [[20, 3], [22, 1], [32, 4], [34, 32]]) view.setUint16(at, value, true);
  bytes.set(new Uint8Array(samples.slice().buffer), 44);
  return bytes;
}

/** A run on four made-up hearts, and what it recognises among copies of three of them and one new heart. */
async function inRun(
  check: (known: () => ReturnType<typeof knownSounds>, data: string) => Promise<void>,
): Promise<void> {
  await withFolder({}, async (folder) => {
    const data = `${folder}/data`;
    const made = { kind: "heart", recordings: 1, unusable: 0, seconds: 5 } as const;
    await generateSynthetic(data, { ...made, subjects: 4 });
    await generateSynthetic(`${folder}/new`, { ...made, subjects: 1, seed: 77 });
    const names = [1, 2, 3, 4].map((subject) => `recordings/S00${subject}_heart_AV.wav`);
    const { hashes } = await findNearDuplicates(names, { folder: data });
    const run = await createRun(`${folder}/results`, {
      ...{
        version: 1,
        name: "test/known",
        title: "",
        question: "",
        seeds: [0],
        command: "",
        references: [],
        hash: "0",
      },
      ...{ engine: { name: "cpu", description: "", reason: "", threads: 1 }, createdAt: "2026-01-02T03:04:05.000Z" },
      ...{ experiment: {}, dataFolder: data },
    });
    await run.save(
      "sounds",
      names.map((recording, i) => ({ recording, subject: `S${i}`, sound: hashes.get(recording)! })),
    );

    const [one, two, three] = await Promise.all(names.map((name) => readRecording(`${data}/${name}`)));
    const { sampleRate } = one;
    const wav = (samples: Float32Array) => encodeWav(samples, { sampleRate });
    const copies = {
      "float.wav": floatWav(one.samples, sampleRate),
      "soft.wav": wav(two.samples.map((sample) => sample / 3)),
      "cut.wav": wav(three.samples.subarray(sampleRate, 4 * sampleRate)),
      "new.wav": await Deno.readFile(`${folder}/new/recordings/S001-77_heart_AV.wav`),
    };
    await Deno.mkdir(`${folder}/other`);
    for (const [name, bytes] of Object.entries(copies)) await Deno.writeFile(`${folder}/other/${name}`, bytes);
    const other = { folder: `${folder}/other`, recordings: Object.keys(copies) };
    await check(() => knownSounds(run, other, { cache: false }), data);
  });
}

Deno.test("knownSounds() recognises a copy in another format, a softer one and a cut, and takes no new heart for a known one", () =>
  inRun(async (known) => {
    const { subjects, recognised, warnings } = await known();
    expect([...subjects].sort()).toEqual([["cut.wav", ["S2"]], ["float.wav", ["S0"]], ["soft.wav", ["S1"]]]);
    expect(recognised).toMatch(/^3 recordings were recognised by sound.*float\.wav = recordings\/S001_heart_AV\.wav/);
    expect(warnings).toEqual([]);
  }));

Deno.test("knownSounds() recognises exact copies without the run's recordings, and says what it couldn't look for", () =>
  inRun(async (known, data) => {
    await Deno.remove(data, { recursive: true });
    const { subjects, recognised, warnings } = await known();
    expect([...subjects]).toEqual([["float.wav", ["S0"]]]);
    expect(recognised).toMatch(/^1 recording was recognised by sound/);
    expect(warnings).toEqual([expect.stringMatching(/none of these could be found in .*data: a cut, amplified/)]);
  }));

Deno.test("knownSounds() trusts no recording of the run that was changed since", () =>
  inRun(async (known, data) => {
    const path = `${data}/recordings/S002_heart_AV.wav`;
    const { samples, sampleRate } = await readRecording(path);
    await Deno.writeFile(path, encodeWav(samples.map((sample) => sample / 2), { sampleRate }));
    expect([...(await known()).subjects.keys()].sort()).toEqual(["cut.wav", "float.wav"]);
  }));
