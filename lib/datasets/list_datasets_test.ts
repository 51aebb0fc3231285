import { expect } from "expect";
import { listDatasets } from "./mod.ts";
import { withFolder } from "./fixtures/with_folder.ts";

Deno.test("listDatasets() counts what is here and names what isn't", async () => {
  await withFolder({
    "yaseen/AS_New/New_AS_001.wav": { seconds: 1 },
    "yaseen/N_New/New_N_001.wav": { seconds: 2 },
    "yaseen/readme.txt": "four",
  }, async (root) => {
    const listings = await listDatasets(root);
    const names = listings.map(({ info }) => info.name);
    expect(names).toEqual(expect.arrayContaining(["circor", "sprsound", "synthetic", "yaseen"]));
    expect(names).not.toContain("csv"); // one's own recordings are no dataset of the catalogue
    expect(listings.filter(({ here }) => here).map(({ info }) => info.name)).toEqual(["yaseen"]);
    const { here, info } = listings.find(({ info }) => info.name === "yaseen")!;
    // Two WAV files of 44 bytes and 2 bytes a sample at 2 kHz, and a text of four.
    expect(here).toEqual({
      bytes: 44 + 4000 + 44 + 8000 + 4,
      recordings: 2,
      subjects: 2,
      tasks: {
        "disease-5": { normal: 1, AS: 1, MR: 0, MS: 0, MVP: 0 },
        "normal-abnormal": { normal: 1, abnormal: 1 },
      },
    });
    expect(info.licence).toMatch(/none stated/);
  });
});
