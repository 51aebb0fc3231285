import { expect } from "expect";
import { join } from "node:path";
import { featurePreset } from "../../features/mod.ts";
import { writeFixtureRun } from "../../report/fixture_run.ts";
import { readPaperRuns, writePaper } from "../mod.ts";

/** Numbers as they stand in a text, without those that are part of a name. */
function numbersIn(text: string): number[] {
  return [...text.replaceAll("−", "-").matchAll(/(?<![\w.@-])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w]|\.\d)/g)].map((
    [number],
  ) => Number(number));
}

Deno.test("writePaper() says no number in methods, results and tables that the run's files don't hold", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const run = await writeFixtureRun(join(folder, "a"), { subjects: 12, examples: 1, seconds: 1 });
    const out = join(folder, "paper");
    const { files } = await writePaper(await readPaperRuns([run]), out);
    const names = ["config", "data", "environment", "metrics", "splits", "status", "model/bundle"];
    const texts = await Promise.all(names.map((name) => run.readText(`${name}.json`)));
    const history = await run.history();
    const data = await run.data();
    const held = [
      ...texts.flatMap((text) => [...text.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/gi)].map(([number]) => Number(number))),
      ...JSON.stringify(featurePreset((await run.bundle()).input)).match(/\d+(\.\d+)?/g)!.map(Number),
      ...[data.total, ...data.byPart, ...data.byClass].map(({ seconds }) => seconds / 3600),
      new Set(history.map(({ fold, seed }) => `${fold}/${seed}`)).size,
      data.passedOver.length,
      100 * (await run.metrics()).parts.test.pooled.item!.accuracy.level,
    ];
    const told = files.filter((name) => /(methods|results|tables\/.*)\.md$/.test(name));
    expect(told.length).toBeGreaterThan(5);
    for (const name of told) {
      for (const number of numbersIn(await Deno.readTextFile(join(out, name)))) {
        const digits = String(number).split(".")[1]?.length ?? 0;
        const within = 0.5001 * 10 ** -digits;
        const found = held.some((value) => number === value || (digits > 0 && Math.abs(value - number) <= within));
        expect([name, number, found]).toEqual([name, number, true]);
      }
    }
    expect(await Deno.readTextFile(join(out, "methods.md"))).toContain("[@gairola2021]");
    expect(await Deno.readTextFile(join(out, "references.bib"))).toMatch(/@inproceedings\{gairola2021,[^@]*@/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
