import { expect } from "expect";
import { encodeWav, findRecording, readRecording } from "./mod.ts";

Deno.test("readRecording() finds a recording by its stem", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeFile(`${folder}/p_6.7_a.wav`, encodeWav([0, 0.5], { sampleRate: 2000 }));
  await Deno.writeFile(`${folder}/LOUD.WAV`, encodeWav([0, 0.5], { sampleRate: 2000 }));
  for (const name of ["p_6.7_a.wav", "p_6.7_a.flac", "p_6.7_a"]) {
    expect([...(await readRecording(`${folder}/${name}`)).samples]).toEqual([0, 0.5]);
  }
  expect(await findRecording(`${folder}/LOUD.mp3`)).toBe(`${folder}/LOUD.WAV`);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readRecording() says which file isn't there, and which is no sound", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/notes.wav`, "not a sound");
  await expect(readRecording(`${folder}/none.wav`)).rejects.toThrow(
    /recording \(.*\) but found no such file in .*none/,
  );
  await expect(readRecording(`${folder}/notes.wav`)).rejects.toThrow(/found other bytes in .*notes\.wav/);
  await expect(readRecording(`${folder}/notes.wav/a.wav`)).rejects.toThrow(/no such file/);
  await Deno.remove(folder, { recursive: true });
});
