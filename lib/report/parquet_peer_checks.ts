import { expect } from "expect";
import { predictionRows, scoreRows } from "../runs/mod.ts";
import { formatParquet } from "../files/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { writeFixtureRun } from "./fixture_run.ts";

const PROGRAM = `
import json, sys
import pandas as pd, pyarrow.parquet as pq
tables = [pq.read_table(path) for path in sys.argv[1:]]
same = [pd.read_parquet(path).shape == table.to_pandas().shape for path, table in zip(sys.argv[1:], tables)]
print(json.dumps([same, [str(t.schema.field("fold").type) for t in tables[:1]], [t.to_pylist() for t in tables]]))`;

peerCheck(
  "pyarrow and pandas read predictions and scores as Parquet to the last bit",
  { python: ["pyarrow", "pandas"] },
  async ({ python }) => {
    const folder = await Deno.makeTempDir();
    const run = await writeFixtureRun(folder, { suffix: ' é, "=1+1" שלום\n' });
    const tables = [predictionRows(await run.predictions()), scoreRows(await run.metrics())];
    const paths = ["predictions", "scores"].map((name) => `${folder}/${name}.parquet`);
    for (const [i, rows] of tables.entries()) await Deno.writeFile(paths[i], await formatParquet(rows));
    const { stdout } = await new Deno.Command(python, { args: ["-c", PROGRAM, ...paths], stderr: "inherit" }).output();
    const [same, types, read] = JSON.parse(new TextDecoder().decode(stdout));
    expect([same, types]).toEqual([[true, true], ["int32"]]);
    expect(read).toEqual(JSON.parse(JSON.stringify(tables)));
    // As Excel or R would find them too: a floor that is missing is missing, and no 0.
    expect(read[1].some(({ floor }: { floor: number | null }) => floor === null)).toBe(true);
    await Deno.remove(folder, { recursive: true });
  },
);
