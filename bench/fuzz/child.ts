// One target's cases, in a process of their own: deno run bench/fuzz/child.ts TARGET SEED FROM TO FOLDER
// Each case ends with a line of JSON on standard output; a case that never ends has none.

import { dirname, join } from "node:path";
import process from "node:process";
import { mutate } from "../../lib/audio/fixtures/mod.ts";
import { AuscultError } from "../../lib/errors/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import { type FuzzSeed, type FuzzTarget, WrongAnswer } from "./fuzz_target.ts";
import { minimise } from "./minimise.ts";
import { mutateText } from "./mutate_text.ts";
import { fuzzTargets } from "./targets.ts";

/** How a case ended. */
export interface FuzzOutcome {
  case: number;
  seed: string;
  end: "read" | "refused" | "raw" | "wrong" | "unnamed";
  message: string;
  /** Of the processor. */
  seconds: number;
  /** Above what the process held before; 0 where an earlier case held more. */
  megabytes: number;
  /** Where the smallest file that offends in the same way lies. */
  kept?: string;
}

const [name, seedText, from, to, folder] = Deno.args;
const target = fuzzTargets.find((target) => target.name === name)!;
const work = join(folder, "work");
await Deno.mkdir(work, { recursive: true });
const seeds = await target.prepare(work);
for (let at = Number(from); at < Number(to); at++) {
  const outcome = await runCase(target, at);
  console.log(JSON.stringify(outcome));
}
Deno.exit(0); // a reader may hold threads

async function runCase(target: FuzzTarget, at: number): Promise<FuzzOutcome> {
  const random = randomStream(Number(seedText), `${target.name}/${at}`);
  const seed = random.choice(seeds);
  const damaged = (seed.text ? mutateText : mutate)(seed.bytes, random);
  const outcome = { case: at, ...await attempt(seed, damaged) };
  if (outcome.end === "read" || outcome.end === "refused") return outcome;
  const smallest = await minimise(
    seed.bytes,
    damaged,
    async (bytes) => (await attempt(seed, bytes)).end === outcome.end,
  );
  const kept = join(
    folder,
    "..",
    "offenders",
    `${target.name}-${at}-${seed.name.replaceAll("/", "_")}`.replaceAll(" ", "_"),
  );
  await Deno.mkdir(dirname(kept), { recursive: true });
  await Deno.writeFile(kept, smallest);
  return { ...outcome, kept };
}

async function attempt(seed: FuzzSeed, bytes: Uint8Array): Promise<Omit<FuzzOutcome, "case">> {
  const path = join(work, seed.name);
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
  const [held, most, cpu] = [Deno.memoryUsage().rss / 1e6, process.resourceUsage().maxRSS / 1e3, process.cpuUsage()];
  let [end, message]: [FuzzOutcome["end"], string] = ["read", ""];
  try {
    await target.read(work, seed);
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
    const named = [work, ...seed.name.split("/")].some((part) => message.includes(part)); // or the folder that it is part of
    end = error instanceof AuscultError
      ? (named ? "refused" : "unnamed")
      : error instanceof WrongAnswer
      ? "wrong"
      : "raw";
  }
  const { user, system } = process.cpuUsage(cpu);
  const mostNow = process.resourceUsage().maxRSS / 1e3;
  await Deno.writeFile(path, seed.bytes);
  // A case that holds less than one before it did leaves no trace.
  const megabytes = mostNow > most ? mostNow - held : 0;
  return { seed: seed.name, end, message: message.slice(0, 300), seconds: (user + system) / 1e6, megabytes };
}
