import { expect } from "expect";
import { resolveExperiment } from "../experiment/mod.ts";
import { trialData } from "./mod.ts";
import { smallExperiment, withHearts } from "./fixtures/small_experiment.ts";

const inFolder = (check: (folder: string) => Promise<void>) => withHearts({ subjects: 10, recordings: 1 }, check);

Deno.test("trialData() reads the recordings for the first trial alone, whatever of model and training differs later", () =>
  inFolder(async (folder) => {
    const data = trialData(`${folder}/data`, { seed: 0, cacheFolder: `${folder}/features` });
    const first = await data.windows(resolveExperiment(smallExperiment));
    const { folds } = await data.prepare(resolveExperiment(smallExperiment));
    // Whoever read them again would not find them.
    await Deno.remove(`${folder}/data`, { recursive: true });
    const other = resolveExperiment(smallExperiment, ["model.dropout=0.5", "training.epochs=5"]);
    expect(await data.windows(other)).toBe(first);
    expect((await data.prepare(other)).folds).toBe(folds);
    const into = new Float32Array(first.frames * first.bands);
    first.read(first.of(folds[0].train)[0], into, 0);
    expect(into.some((value) => value !== 0)).toBe(true);
    data.close();
  }));

Deno.test("trialData() keeps the windows of the four inputs that were used last, and makes others again", () =>
  inFolder(async (folder) => {
    const data = trialData(`${folder}/data`, { seed: 0, cacheFolder: `${folder}/features` });
    const bands = (nMels: number) => data.windows(resolveExperiment(smallExperiment, [`input.change.nMels=${nMels}`]));
    const made: Awaited<ReturnType<typeof bands>>[] = [];
    for (const nMels of [8, 12, 16, 20]) made.push(await bands(nMels));
    expect(made.map(({ bands }) => bands)).toEqual([8, 12, 16, 20]);
    expect(await bands(8)).toBe(made[0]);
    await bands(24);
    expect(await bands(8)).toBe(made[0]);
    expect(await bands(12)).not.toBe(made[1]);
    data.close();
  }));

Deno.test("trialData() says what is wrong with a folder of recordings before any trial", async () => {
  const data = trialData("/nowhere/at/all", { seed: 0 });
  await expect(data.prepare(resolveExperiment(smallExperiment))).rejects.toThrow(/\/nowhere\/at\/all/);
});
