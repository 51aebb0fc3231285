import { expect } from "expect";
import { writeAtomic } from "../files/mod.ts";
import { type Checkpoint, fileCheckpoints } from "./mod.ts";

function checkpoint(epoch: number, best: number): Checkpoint {
  const session = (value: number) => ({ arrays: { w: { shape: [1], data: new Float32Array([value]) } }, step: value });
  return {
    fingerprint: "f",
    session: session(epoch),
    // Sums in 64 bits must come back as they were.
    lossSum: 0.1 + 0.2,
    batches: 3,
    history: [],
    best: { epoch: best, session: session(best) },
  };
}

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name).toSorted();
}

Deno.test("fileCheckpoints() loads what it saved, and nothing from an empty or missing folder", async () => {
  const folder = await Deno.makeTempDir();
  expect(await fileCheckpoints(`${folder}/missing`).load()).toBeUndefined();
  await fileCheckpoints(folder).save(checkpoint(5, 4));
  expect(await fileCheckpoints(folder).load()).toEqual(checkpoint(5, 4));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fileCheckpoints() keeps one best file, also after a process died between its two files", async () => {
  const folder = await Deno.makeTempDir();
  await fileCheckpoints(folder).save(checkpoint(5, 4));
  // Dead after the new best file, before the one that names it.
  await writeAtomic(`${folder}/best-6.safetensors`, await Deno.readFile(`${folder}/best-4.safetensors`));
  const resumed = fileCheckpoints(folder);
  expect(await resumed.load()).toEqual(checkpoint(5, 4));
  await resumed.save(checkpoint(6, 6));
  expect(await names(folder)).toEqual(["best-6.safetensors", "last.safetensors"]);
  expect(await resumed.load()).toEqual(checkpoint(6, 6));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fileCheckpoints() names a damaged file and what to do", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/last.safetensors`, "half");
  await expect(fileCheckpoints(folder).load()).rejects.toThrow(/whole safetensors file .*last\.safetensors: delete it/);
  await Deno.remove(folder, { recursive: true });
});
