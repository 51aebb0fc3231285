import { expect } from "expect";
import { dirname, join } from "node:path";
import { evaluatePredictions } from "../../evaluation/mod.ts";
import { writeFixtureRun } from "../../report/fixture_run.ts";
import { homeOf } from "../ablate/ablated.ts";
import { ablationRows } from "./ablation_rows.ts";
import { runRows } from "./run_rows.ts";
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

Deno.test("settings of an ablation stand in experiments/README.md, each against the experiment itself", async () => {
  const folder = await Deno.makeTempDir();
  const readme = join(folder, "README.md"), study = join(folder, "results", "ablations", "study");
  await Deno.copyFile("experiments/README.md", readme);
  const ablations = {
    "no | mixup": ["training.augment=[]"],
    "50 % of the subjects": ["training.subjectShare=0.5"],
    "C:\\| in\ntwo lines": ["training.epochs=1"],
  };
  try {
    for (const setting of ["base", ...Object.keys(ablations)]) {
      const run = await writeFixtureRun(homeOf(study, setting), { name: "lung/sprsound_events" });
      const config = await run.config();
      const command = "deno task ablate a.ts --set 'training.epochs=3'";
      await run.save("config", { ...config, command, experiment: { ...config.experiment, ablations } });
    }
    const before = cellsOf(await Deno.readTextFile(readme)).length;
    expect(await writeResultsTable(join(folder, "results"), readme)).toBe(3);
    expect(await writeResultsTable(join(folder, "results"), readme)).toBe(3);
    const rows = cellsOf(await Deno.readTextFile(readme));
    expect(rows.length).toBe(before + 3);
    const [setting, other, point] = rows.filter(([first, , protocol]) =>
      first.startsWith("| lung/sprsound_events") && protocol.endsWith("training.epochs=3")
    );
    expect(other[1]).toBe("C:\\| in two lines");
    expect(setting.slice(0, 3).join()).toMatch(/sprsound-1-2.*no \\\| mixup.*training\.epochs=3/);
    expect(setting[4].split(" ")[0]).toBe(setting[5]); // trained alike
    expect(setting[6]).toBe("+0.000");
    expect(point[1]).toMatch(/50 % of the training subjects/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("of two ablations that say the same, the latest stands in experiments/README.md", async () => {
  const folder = await Deno.makeTempDir();
  const ablations = { "no mixup": ["training.augment=[]"] };
  try {
    for (const [study, subjects, time] of [["a", 30, "20270101T000000Z"], ["b", 45, "20260102T030405Z"]] as const) {
      for (const setting of ["base", ...Object.keys(ablations)]) {
        const run = await writeFixtureRun(homeOf(join(folder, study), setting), { subjects });
        const config = await run.config();
        await run.save("config", { ...config, experiment: { ...config.experiment, ablations } });
        await Deno.rename(run.folder, join(dirname(run.folder), `${time}-0a1b2c3d`));
      }
    }
    expect((await ablationRows(folder)).map((row) => row[3])).toEqual(["30"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a mean over sources says what it counts where the value beside it counts something else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const run = await writeFixtureRun(folder), config = await run.config(), { name, experiment } = config;
    const { predictions, classes } = await run.predictions();
    const recordings = [...new Set(predictions.map(({ recording }) => recording))];
    const labelled = predictions.map((one) => {
      const k = recordings.indexOf(one.recording);
      return { ...one, source: k % 2 ? "a" : "b", label: classes[k % classes.length] };
    });
    const metrics = await run.metrics(), test = evaluatePredictions(labelled, { classes, seed: 0 });
    await run.save("metrics", { ...metrics, parts: { ...metrics.parts, test: { ...metrics.parts.test, ...test } } });
    for (const [unit, counted] of [["item", /\)$/], ["recording", /\), by item$/]] as const) {
      const evaluation = { ...experiment.evaluation, scores: ["accuracy"], unit };
      await run.save("config", { ...config, experiment: { ...experiment, evaluation } });
      const [row] = await runRows(folder, name);
      expect(row[4]).toMatch(`by ${unit}`);
      expect(row[5]).toMatch(counted);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a joined run has rows of its own below its first, which say what was joined", async () => {
  const folder = await Deno.makeTempDir(), readme = join(folder, "README.md");
  await Deno.copyFile("experiments/README.md", readme);
  try {
    const run = await writeFixtureRun(join(folder, "results"), { name: "lung/sprsound_events_joined" });
    await run.save("config", { ...await run.config(), title: "Joined: A + B", joined: ["a", "b"] });
    const given = await writeResultsTable(join(folder, "results"), readme);
    const rows = cellsOf(await Deno.readTextFile(readme)).filter(([name]) => name.includes("events_joined:"));
    expect([rows.length, given > 0]).toEqual([given, true]);
    for (const row of rows) expect(row.at(-1)).toMatch(/^Joined: A \+ B/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a page without the marks of its tables stays as it is", async () => {
  const folder = await Deno.makeTempDir(), readme = join(folder, "README.md");
  const whole = await Deno.readTextFile("experiments/README.md");
  try {
    for (const mark of ["<!-- results -->", "<!-- /results -->", "<!-- ablations -->", "<!-- /ablations -->"]) {
      const text = whole.replace(mark, "");
      await Deno.writeTextFile(readme, text);
      await expect(writeResultsTable(join(folder, "results"), readme)).rejects.toThrow(/<!-- .*README\.md/);
      expect(await Deno.readTextFile(readme)).toBe(text);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
