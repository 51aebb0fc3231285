import { expect } from "expect";
import { join } from "node:path";
import { writeFixtureRun } from "../report/fixture_run.ts";
import { readRunFiles } from "../report/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { writeCrate, writeCroissant } from "./mod.ts";

async function python(program: string, script: string, ...args: string[]): Promise<unknown> {
  const { stdout, stderr } = await new Deno.Command(program, { args: ["-c", script, ...args] }).output();
  const [text, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (text === "") throw new Error(said);
  return JSON.parse(text);
}

async function withRun(check: (folder: string, run: Awaited<ReturnType<typeof writeFixtureRun>>) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const run = await writeFixtureRun(join(folder, "results"), { subjects: 12, examples: 0, suffix: ' &%_<b>"müde' });
    const { predictions } = await run.predictions();
    const subjects = new Map(predictions.map(({ recording, subject }) => [recording, subject]));
    await run.save(
      "sounds",
      [...subjects].map(([recording, subject]) => ({ recording, subject, sound: "ab".repeat(32) })),
    );
    await check(folder, run);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const CROISSANT = `
import json, sys, mlcroissant
data = mlcroissant.Dataset(sys.argv[1])
issues = data.metadata.ctx.issues
sets = {name: [{k.split("/")[1]: v.decode() if isinstance(v, bytes) else v for k, v in row.items()}
               for row in data.records(name)] for name in ["recordings", "items", "sides", "splits"]}
print(json.dumps({"errors": list(issues.errors), "warnings": list(issues.warnings), "sets": sets,
                  "to": data.metadata.conforms_to}))
`;

peerCheck(
  "mlcroissant reads the data of a run, with its splits",
  { python: ["mlcroissant"] },
  async ({ python: program }) => {
    await withRun(async (folder, run) => {
      const names = await writeCroissant(
        await Promise.all([run, run].map(({ folder }) => readRunFiles(folder))),
        join(folder, "paper"),
      );
      expect(names).toHaveLength(4); // the same data in the same splits, once
      const path = join(folder, "paper", "croissant", "croissant.json");
      const read = await python(program, CROISSANT, path) as {
        errors: string[];
        warnings: string[];
        to: string[];
        sets: Record<string, Record<string, unknown>[]>;
      };
      expect([read.errors, read.warnings]).toEqual([[], []]);
      expect(read.to).toContain("http://mlcommons.org/croissant/1.1");
      const { predictions } = await run.predictions();
      expect(read.sets.recordings.map(({ recording }) => recording).toSorted())
        .toEqual([...new Set(predictions.map(({ recording }) => recording))].toSorted());
      expect(read.sets.items).toHaveLength(predictions.length);
      const { folds } = await run.splits();
      const subjectOf = new Map(read.sets.recordings.map((row) => [row.recording, row.subject]));
      const tested = read.sets.sides.filter(({ fold, split }) => fold === 1 && split === "test");
      expect([...new Set(tested.map(({ recording }) => subjectOf.get(recording)))].toSorted()).toEqual(
        folds[1].test.toSorted(),
      );
      expect(await Deno.readTextFile(path)).not.toMatch(/female|3 to 5 years/);
    });
  },
);

const CRATE = `
import json, sys
from rocrate.rocrate import ROCrate
crate = ROCrate(sys.argv[1])
action = [e for e in crate.contextual_entities if e.type == "CreateAction"][0]
ids = lambda name: [e.id for e in action.get(name, [])]
print(json.dumps({"version": crate.metadata.version, "name": crate.name, "tool": action["instrument"]["softwareVersion"],
                  "object": ids("object"), "result": ids("result"), "files": [e.id for e in crate.data_entities]}))
`;

peerCheck("rocrate reads a run as an action of Auscult", { python: ["rocrate"] }, async ({ python: program }) => {
  await withRun(async (_folder, run) => {
    await run.write("figures/a b&%<ü>.json", "{}");
    await writeCrate([await readRunFiles(run.folder)], run.folder);
    const read = await python(program, CRATE, run.folder) as Record<string, string[]> & {
      version: string;
      tool: string;
    };
    expect(read.version).toBe("1.3");
    expect(read.tool).toContain((await run.environment()).gitCommit!);
    expect(read.object).toContain("config.json");
    expect(read.result).toContain("predictions.csv");
    expect(read.files.map(decodeURIComponent)).toContain("figures/a b&%<ü>.json");
    expect([...read.object, ...read.result].filter((id) => !id.startsWith("#")).toSorted()).toEqual(
      read.files.toSorted(),
    );
  });
});
