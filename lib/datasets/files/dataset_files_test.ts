import { expect } from "expect";
import { withFolder } from "../fixtures/with_folder.ts";
import { datasetFiles } from "./dataset_files.ts";

Deno.test("datasetFiles() follows links to other folders, and lists none twice where a link leads back", async () => {
  await withFolder({ "own/a/1.wav": "", "own/b/2.wav": "", "far/3.wav": "" }, async (folder) => {
    await Deno.symlink("..", `${folder}/own/a/up`);
    await Deno.symlink("a", `${folder}/own/again`);
    await Deno.symlink("../far", `${folder}/own/far`);
    await Deno.symlink("../own", `${folder}/far/back`);
    await Deno.symlink("nowhere.wav", `${folder}/own/lost.wav`);
    expect((await datasetFiles(`${folder}/own`)).paths).toEqual(["a/1.wav", "b/2.wav", "far/3.wav", "lost.wav"]);
  });
});
