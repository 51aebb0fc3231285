import { expect } from "expect";
import { join } from "node:path";
import { hashBytes, parseCsv } from "../files/mod.ts";
import { writeFixtureRun } from "../report/fixture_run.ts";
import { readRunFiles } from "../report/mod.ts";
import type { Run } from "../runs/mod.ts";
import { writeCitation, writeCrate, writeCroissant } from "./mod.ts";

async function withRun(check: (run: Run, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const run = await writeFixtureRun(join(folder, "results"), { subjects: 9, examples: 0, suffix: ' "&<ü>' });
    const { predictions } = await run.predictions();
    const subjects = new Map(predictions.map(({ recording, subject }) => [recording, subject]));
    await run.save(
      "sounds",
      [...subjects].map(([recording, subject]) => ({ recording, subject, sound: hashBytes(recording) })),
    );
    await check(run, join(folder, "paper"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("writeCroissant() tells neither names of patients nor paths of one's own recordings", async () => {
  await withRun(async (run, folder) => {
    await run.save("data", { ...await run.data(), dataset: "csv" });
    const names = await writeCroissant([await readRunFiles(run.folder)], folder);
    const texts = await Promise.all(names.map((name) => Deno.readTextFile(join(folder, name))));
    const { predictions } = await run.predictions();
    for (const { recording, subject } of predictions) {
      for (const text of texts) {
        expect([text.includes(recording), text.includes(`,${subject}`)]).toEqual([false, false]);
      }
    }
    const sides = parseCsv(texts[names.findIndex((name) => name.endsWith("sides.csv"))], "sides.csv");
    const recordings = new Set(sides.map(({ recording }) => recording));
    expect(recordings.size).toBe(new Set(predictions.map(({ recording }) => recording)).size);
  });
});

Deno.test("the hashes of croissant.json are those of the files beside it", async () => {
  await withRun(async (run, folder) => {
    await writeCroissant([await readRunFiles(run.folder)], folder);
    const { distribution } = JSON.parse(await Deno.readTextFile(join(folder, "croissant/croissant.json")));
    for (const { contentUrl, sha256 } of distribution) {
      expect(hashBytes(await Deno.readFile(join(folder, "croissant", contentUrl)))).toBe(sha256);
    }
  });
});

Deno.test("a run without its descriptions still has a crate, of the files that are there", async () => {
  await withRun(async (run) => {
    for (const name of ["config.json", "environment.json", "data.json"]) await Deno.remove(run.path(name));
    expect(await writeCroissant([await readRunFiles(run.folder)], run.folder)).toEqual([]);
    await writeCrate([await readRunFiles(run.folder)], run.folder);
    await writeCrate([await readRunFiles(run.folder)], run.folder); // it isn't a part of itself
    const { "@graph": graph } = JSON.parse(await run.readText("ro-crate-metadata.json"));
    const ids = graph.map((entity: { "@id": string }) => entity["@id"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("metrics.json");
    expect(graph.find((entity: { "@id": string }) => entity["@id"] === "./").hasPart).toHaveLength(
      graph.filter((entity: { "@type": string }) => entity["@type"] === "File").length,
    );
  });
});

Deno.test("writeCitation() leaves the authors to the authors, and gives a DOI where a citation has one", async () => {
  await withRun(async (run, folder) => {
    await writeCitation([await readRunFiles(run.folder)], folder);
    const lines = (await Deno.readTextFile(join(folder, "CITATION.cff"))).trim().split("\n");
    const read = Object.fromEntries(
      lines.map((line) => [line.split(": ")[0], JSON.parse(line.slice(line.indexOf(":") + 1))]),
    );
    expect(read["cff-version"]).toBe("1.2.0");
    expect(read.references[1]).toMatchObject({ doi: "10.0000/fixture", type: "data" });
  });
});
