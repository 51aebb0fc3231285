import { expect } from "expect";
import { writeFixtureBundle } from "../predict/fixture_bundle.ts";
import { runIn } from "../runs/mod.ts";
import { renderLivePage } from "./mod.ts";

for (const path of ["../../secret.bin", "/etc/passwd", "linked.bin"]) {
  Deno.test(`renderLivePage() puts no file from outside into the page, which the weights of a network name ${path}`, async () => {
    const outer = await Deno.makeTempDir();
    const folder = `${outer}/run`;
    try {
      const { digest: _digest, files: _files, ...bundle } = await writeFixtureBundle(folder, {}, { networks: 1 });
      const run = runIn(folder);
      await run.writeJson("model/bundle.json", bundle);
      await Deno.copyFile(run.path("model/model.weights.bin"), `${outer}/secret.bin`);
      await Deno.symlink(`${outer}/secret.bin`, run.path("model/linked.bin"));
      const network = JSON.parse(await run.readText("model/model.json"));
      network.weightsManifest[0].paths = [path];
      await run.writeJson("model/model.json", network);
      await expect(renderLivePage(folder, { script: "" })).rejects.toThrow(/out of the folder/);
      expect(await run.has("live.html")).toBe(false);
    } finally {
      await Deno.remove(outer, { recursive: true });
    }
  });
}
