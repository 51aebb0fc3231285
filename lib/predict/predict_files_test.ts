import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { formatCsv, parseCsv } from "../files/mod.ts";
import { beats, writeFixtureBundle } from "./fixture_bundle.ts";
import { threadPermissions } from "../runs/threads/thread_permissions.ts";
import { workerCrew } from "../runs/threads/worker_crew.ts";
import { findSounds, insightCard, loadBundle, predictFiles, predictionColumns, predictionRow } from "./mod.ts";

async function withFolder(check: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(`${folder}/run`);
    await Deno.mkdir(`${folder}/sounds/deep`, { recursive: true });
    await Deno.writeFile(`${folder}/sounds/b.wav`, encodeWav(beats(2), { sampleRate: 2000 }));
    await Deno.writeFile(`${folder}/sounds/deep/a.wav`, encodeWav(beats(3, "other"), { sampleRate: 2000 }));
    await Deno.writeTextFile(`${folder}/sounds/broken.wav`, "no sound");
    await Deno.writeTextFile(`${folder}/sounds/notes.txt`, "no sound either");
    await Deno.writeFile(`${folder}/sounds/silent.wav`, encodeWav(new Float32Array(4000), { sampleRate: 2000 }));
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("findSounds() looks through folders in order and takes files as they are named", () =>
  withFolder(async (folder) => {
    const found = await Array.fromAsync(findSounds([`${folder}/sounds`, `${folder}/sounds/notes.txt`]));
    expect(found.map((name) => name.slice(folder.length + 8))).toEqual([
      ...["b.wav", "broken.wav", "deep/a.wav", "silent.wav", "notes.txt"],
    ]);
  }));

Deno.test("findSounds() passes over what a Mac leaves, follows linked folders once, and gives names that aren't there", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/sounds/._b.wav`, "\0\x05\x16\x07");
    await Deno.mkdir(`${folder}/sounds/__MACOSX`);
    await Deno.writeTextFile(`${folder}/sounds/__MACOSX/._b.wav`, "\0\x05\x16\x07");
    await Deno.mkdir(`${folder}/elsewhere`);
    await Deno.copyFile(`${folder}/sounds/b.wav`, `${folder}/elsewhere/linked.wav`);
    await Deno.symlink("../../elsewhere", `${folder}/sounds/deep/link`);
    await Deno.symlink("..", `${folder}/sounds/deep/up`);
    const found = await Array.fromAsync(findSounds([`${folder}/none.wav`, `${folder}/sounds`]));
    expect(found.map((name) => name.slice(folder.length + 1))).toEqual([
      ...["none.wav", "sounds/b.wav", "sounds/broken.wav", "sounds/deep/a.wav", "sounds/deep/link/linked.wav"],
      "sounds/silent.wav",
    ]);
  }));

Deno.test("predictFiles() reads no file but the bundle's in its threads, and says what it may not", () =>
  withFolder(async (folder) => {
    const spy = `data:text/javascript,${
      encodeURIComponent(`
      import { answerCrew } from "${import.meta.resolve("../runs/threads/worker_crew.ts")}";
      const denied = async (act) => { try { await act(); return false; } catch (error) { return error instanceof Deno.errors.NotCapable; } };
      answerCrew(async () => await Promise.all([
        () => Deno.readTextFile("/etc/passwd"), () => Deno.writeTextFile("/tmp/x", ""), () => Deno.env.get("HOME"),
        () => Deno.connect({ port: 9 }), () => new Deno.Command("deno").output(), () => Deno.dlopen("/lib/x.so", {}),
      ].map(denied)));`)
    }`;
    const crew = workerCrew<object, boolean[]>(spy, {
      workers: 1,
      permissions: await threadPermissions([`${folder}/run/model`], { packages: [], runtime: true }),
    });
    expect(await crew.ask({})).toEqual(new Array(6).fill(true));
    await crew.stop();
  }));

Deno.test("predictFiles() goes on after a file that can't be read, and tells every file's fate in order", () =>
  withFolder(async (folder) => {
    const predictor = await loadBundle(`${folder}/run`);
    const all = await Array.fromAsync(predictFiles(predictor, findSounds([`${folder}/sounds`])));
    expect(all.map((one) => one.error === undefined ? one.verdict : "error")).toEqual([
      ...["answer", "error", "answer", "refused"],
    ]);
    expect(all[1].error).toMatch(/broken\.wav/);

    const { classes } = predictor.bundle;
    const rows = parseCsv(
      formatCsv(all.map((one) => predictionRow(one, classes)), predictionColumns(classes)),
      "x.csv",
    );
    expect(rows.map((row) => row.verdict)).toEqual(["answer", "error", "answer", "refused"]);
    expect(Number(rows[0].p_healthy) + Number(rows[0].p_murmur)).toBeCloseTo(1, 9);

    const [card, unread, , refused] = all.map((one) => insightCard(one, predictor));
    expect(card).toMatch(/heard +(healthy|murmur), \d+ %/);
    expect(card).toMatch(/heart +(\d+ beats a minute|no rate: )/);
    expect(card).toContain("No diagnosis");
    expect(card).toMatch(/learned +from (30|40) sounds labelled .* in Ward 3/);
    expect(unread).toContain("not read");
    expect(refused).toMatch(/refused +it is silent/);
    expect(refused).toContain("Record again");
    await predictor.dispose();
  }));

Deno.test("predictFiles() gives the same bytes in the same order with one thread and with two", () =>
  withFolder(async (folder) => {
    const predictor = await loadBundle(`${folder}/run`);
    for (let i = 0; i < 12; i++) {
      await Deno.writeFile(`${folder}/sounds/${i}.wav`, encodeWav(beats(1 + i % 4, `${i}`), { sampleRate: 2000 }));
    }
    const [alone, shared] = await Promise.all([1, 2].map(async (workers) => {
      const all = predictFiles(predictor, findSounds([`${folder}/sounds`]), { workers });
      return (await Array.fromAsync(all)).map((one) => JSON.stringify(one));
    }));
    expect(alone.length).toBe(16);
    expect(shared).toEqual(alone);
    await predictor.dispose();
  }));

Deno.test("loadBundle() takes a bundle, a run or an experiment's folder", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/latest`, "run\n");
    for (const name of [`${folder}/run/model`, `${folder}/run`, folder]) {
      const { bundle, dispose } = await loadBundle(name);
      expect(bundle.name).toBe("heart/fixture");
      await dispose();
    }
  }));

Deno.test("loadBundle() refuses a bundle of another version, naming both", () =>
  withFolder(async (folder) => {
    const path = `${folder}/run/model/bundle.json`;
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace('"version": 1', '"version": 7'));
    await expect(loadBundle(`${folder}/run`)).rejects.toThrow(/a bundle of version 1 but found version 7/);
  }));

Deno.test("loadBundle() says what is missing", () =>
  withFolder(async (folder) => {
    await expect(loadBundle(`${folder}/nothing`)).rejects.toThrow(/a bundle .* no such folder/);
    await Deno.remove(`${folder}/run/model/model-1.onnx`);
    await expect(loadBundle(`${folder}/run`)).rejects.toThrow(/the file model-1\.onnx .* none in/);
  }));
