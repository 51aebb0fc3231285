import { expect } from "expect";
import { join } from "node:path";
import { writeFixtureRun } from "../report/fixture_run.ts";
import { writeResultsTable } from "./write_results_table.ts";

const cellsOf = (text: string) =>
  text.split("\n").filter((line) => line.startsWith("| ")).map((line) => line.split(" | ").map((cell) => cell.trim()));

Deno.test("rows of experiments/README.md stay where no run gives them again", async () => {
  const folder = await Deno.makeTempDir();
  const readme = join(folder, "README.md"), results = join(folder, "results");
  const before = await Deno.readTextFile("experiments/README.md");
  await Deno.writeTextFile(readme, before);
  await Deno.mkdir(results);
  try {
    expect(await writeResultsTable(results, readme)).toBe(0);
    expect(cellsOf(await Deno.readTextFile(readme)).slice(2)).toEqual(cellsOf(before).slice(2));
    await writeFixtureRun(results, { name: "lung/sprsound_events" });
    const given = await writeResultsTable(results, readme);
    expect(given).toBeGreaterThan(0);
    expect(cellsOf(await Deno.readTextFile(readme))).toHaveLength(cellsOf(before).length + given);
    expect(await writeResultsTable(results, readme)).toBe(given);
    expect(cellsOf(await Deno.readTextFile(readme))).toHaveLength(cellsOf(before).length + given);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
