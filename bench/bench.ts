import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { runTask } from "../lib/tasks/run_task.ts";
import { wholeNumber } from "../lib/tasks/option_values.ts";

const PARTS = [
  ...[
    "training",
    "inference",
    "features",
    "embedding",
    "evaluation",
    "coverage",
    "predict",
    "listening",
    "replicas",
  ] as const,
  ...["sweep", "sweep-search", "sweep-cost", "sweep-crowd", "sweep-workers"] as const,
];
const MODELS = ["cnn", "cnn6", "lightCnn", "crnn"] as const;

const command = new Command("deno task bench")
  .description(
    "Speed, as a ratio to Python's libraries in the same run where they are installed; alone otherwise. And coverage.",
  )
  .addOption(new Option("--only <part>", "one part of it; sweep for all of its four").choices(PARTS))
  .option("--python <path>", "the Python with the peers (default: AUSCULT_PYTHON, else python3)")
  .option("--datasets <folder>", "the folder that holds sprsound/ (default: AUSCULT_DATASETS, else data)")
  .option("--models <names>", `networks to train, of ${MODELS.join(",")} (default: all)`, modelNames)
  .option("--seconds <n>", "seconds of each measurement of training and inference (default: 2)", atLeastOne)
  .option("--rounds <n>", "turns of ours and theirs, of which the best counts (default: 2)", atLeastOne)
  .option("--hours <n>", "hours of sound that the memory of extraction is measured on (default: 100)", atLeastOne)
  .option("--recordings <n>", "recordings that an encoder hears (default: 1000)", atLeastOne)
  .option("--seeds <n>", "seeds that searches are compared on (default: 20)", atLeastOne)
  .option(
    "--sets <n>",
    "sets that coverage is counted on, of each kind of study (default: 60; the table: 600)",
    atLeastOne,
  )
  .option("--json <file>", "write the rows here as well, inside results/")
  .option("--write", "set the tables of bench/README.md to these figures")
  .action(async (options: Options) => {
    const { runBench } = await import("./run_bench.ts");
    await runBench(options);
  });

interface Options {
  only?: typeof PARTS[number];
  python?: string;
  datasets?: string;
  models?: typeof MODELS[number][];
  seconds?: number;
  rounds?: number;
  hours?: number;
  recordings?: number;
  seeds?: number;
  sets?: number;
  json?: string;
  write?: boolean;
}

function atLeastOne(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError("It should be 1 or more.");
  return number;
}

function modelNames(text: string): typeof MODELS[number][] {
  return text.split(",").map((name) => {
    const model = MODELS.find((known) => known === name.trim());
    if (model === undefined) throw new InvalidArgumentError(`"${name}" is none of ${MODELS.join(", ")}.`);
    return model;
  });
}

await runTask(command);
