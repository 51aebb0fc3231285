// Predictions from the command line, start-up included: deno task bench --only predict
import { fileURLToPath } from "node:url";
import type { BenchRow } from "./bench_row.ts";
import { predictSetting } from "./predict_setting.ts";
import { watchProcess } from "./watch_process.ts";

/** Options of {@linkcode predictBench}. */
export interface PredictBenchOptions {
  onProgress?: (line: string) => void;
}

/** Recordings of the bulk runs: memory may not grow from one to the other. */
const BULK = 600, MORE = 1800;

/** Repetitions of the prediction of one file, of which the median counts. */
const TIMES = 5;

const WHAT = { bench: "predict", peer: null, theirs: null, ratio: null } as const;

/** Time of one file, files a second in bulk, and the memory that it takes. */
export async function predictBench({ onProgress }: PredictBenchOptions = {}): Promise<BenchRow[]> {
  onProgress?.("predict: writing the recordings");
  const { folder, bundle, sounds } = await predictSetting({ count: MORE });
  try {
    onProgress?.("predict: one file");
    const single: number[] = [];
    for (let i = 0; i <= TIMES; i++) single.push((await predict([bundle], sounds.slice(0, 1))).seconds);
    const one = single.slice(1).sort((a, b) => a - b)[TIMES >> 1]; // the first fills caches
    const rows: BenchRow[] = [
      { ...WHAT, model: "one file", setting: "the whole command", threads: 1, ours: one, unit: "s" },
    ];
    for (
      const { threads, count } of [{ threads: 1, count: BULK }, { threads: 2, count: BULK }, {
        threads: 2,
        count: MORE,
      }]
    ) {
      onProgress?.(`predict: ${count} files, ${threads} threads`);
      const args = [bundle, "-", "--json", "--workers", `${threads}`];
      const { seconds, cpuSeconds, megabytes } = await predict(args, sounds.slice(0, count));
      const what = { ...WHAT, model: "many files", setting: `the whole command, ${count} files`, threads };
      rows.push(
        { ...what, ours: count / seconds, unit: "files/s" },
        { ...what, ours: count / cpuSeconds, unit: "files/CPU s" },
        { ...what, ours: megabytes, unit: "MB at most" },
      );
    }
    return rows;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs the task on files, whose names it reads from standard input where the arguments say so. */
async function predict(args: string[], files: string[]) {
  const names = args.includes("-") ? [] : files;
  const command = new Deno.Command("deno", {
    args: ["run", "--quiet", "-P=predict", "lib/tasks/predict.ts", ...args, ...names],
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    stdin: "piped",
    stdout: "piped",
  });
  const process = command.spawn();
  const watched = watchProcess(process);
  const writer = process.stdin.getWriter();
  if (args.includes("-")) await writer.write(new TextEncoder().encode(files.join("\n")));
  await writer.close();
  const said = await new Response(process.stdout).text();
  const ran = await watched;
  // What is refused spares the networks.
  const answers = said.match(/"verdict":"(answer|unsure)"|^ +heard/gm)?.length ?? 0;
  if (answers !== files.length) throw new Error(`${answers} answers to ${files.length} files`);
  return ran;
}

if (import.meta.main) console.table(await predictBench({ onProgress: console.error }));
