import { join } from "node:path";
import { UsageError } from "../../errors/mod.ts";
import { headlineScores, scoreKey, scoreName, scoresOfConfusion } from "../../scores/mod.ts";
import { rankedScore, type StudySize, studySize } from "../../evaluation/mod.ts";
import { markdownTable, writeAtomic } from "../../files/mod.ts";
import { figureSvg, plotIntervalCurve } from "../../plots/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { readUnits, type RunTests } from "../read_tests.ts";

/** What `deno task power` is asked. */
export interface WritePowerOptions {
  score?: string;
  width: number;
  difference: number;
  discordance?: number;
  /** Folder of another run. */
  against?: string;
  studies: number;
  seed: number;
  out?: string;
}

/** `results/lung/sprsound` of `experiments/lung/sprsound.ts`. */
export function runOfExperiment(named: string): string {
  return named.endsWith(".ts") ? named.replace(/^(.*\/)?experiments\//, "results/").replace(/\.ts$/, "") : named;
}

/** Says how many subjects a study needs, and writes it as `power.json` and `power.svg`. */
export async function writePower(folder: string, options: WritePowerOptions): Promise<void> {
  const { width, difference, discordance, studies, seed } = options;
  for (const [name, value] of Object.entries({ width, difference, discordance: discordance ?? 0.5 })) {
    if (value > 0 && value < 1) continue;
    throw new UsageError({ expected: "a number between 0 and 1", found: `${value}`, where: `--${name}` });
  }
  const run = await readUnits(folder);
  const score = chosenScore(run, options.score);
  const other = options.against === undefined ? undefined : await readUnits(options.against, run.unit);
  if (other) refuseOtherItems(run, other);
  const size = studySize(run.tests, {
    ...{ classes: run.classes, score, width, difference, discordance, studies, seed, against: other?.tests },
    onProgress: (subjects) => console.error(`imagining ${studies} studies of ${subjects} subjects`),
  });
  const { name } = scoreName(score);
  const asked = { score, width, difference: other ? null : difference, against: other?.folder ?? null, studies, seed };
  const out = options.out ?? run.folder;
  await writeAtomic(join(out, "power.json"), `${JSON.stringify({ version: 1, ...asked, ...size }, null, 2)}\n`);
  await writeAtomic(join(out, "power.svg"), figureSvg(powerFigure(size, name)));
  const rows = size.curve.map((one) =>
    [
      ...[
        one.subjects,
        one.width?.toFixed(3) ?? "-",
        one.low === null ? "-" : `${one.low.toFixed(3)} to ${one.high!.toFixed(3)}`,
      ],
      `${Math.round(100 * one.power)} %`,
    ].map(String)
  );
  const what = other ? `the difference to ${other.folder}` : `a difference of ${difference}`;
  console.log(`run: ${run.folder}\n\n${name}, by ${run.unit}; subjects are drawn with all that is theirs:\n`);
  console.log(markdownTable(["subjects", "median width", "width of 80 %", `see ${what}`], rows));
  for (const sentence of sentences(size, { ...asked, what })) console.log(sentence);
  console.log(`Written: ${join(out, "power.json")}, ${join(out, "power.svg")}`);
}

function chosenScore({ scores, classes, folder }: RunTests, asked: string | undefined): string {
  const size = classes.length, counts = { size, counts: new Float64Array(size * size).fill(1) };
  const possible = scoresOfConfusion(counts, { classes, asked: [...scores, ...asked === undefined ? [] : [asked]] });
  const wanted = asked ?? [...scores.map(scoreKey), ...headlineScores].find((name) => possible.has(name))!;
  if (wanted === rankedScore || possible.has(wanted)) return wanted;
  const expected = `${rankedScore}, or a score of the answers (${[...possible.keys()].slice(0, 8).join(", ")}, …)`;
  const remedy = "other scores of the probabilities can't be imagined for another model";
  throw new UsageError({ expected, found: `"${wanted}"`, where: folder, remedy });
}

/** @throws {UsageError} where two runs did not judge the very same items by the same labels. */
function refuseOtherItems(run: RunTests, other: RunTests): void {
  const items = ({ tests }: RunTests) => new Set(tests.map(rowKey));
  const apart = items(run).symmetricDifference(items(other)).size;
  if (apart === 0) return;
  const expected = "runs that judged the same items by the same labels";
  throw new UsageError({ expected, found: `${apart} items that only one of them judged`, where: other.folder });
}

function powerFigure({ curve }: StudySize, name: string) {
  const widths = curve.flatMap(({ subjects, width, low, high }) =>
    width === null ? [] : [{ x: subjects, y: width, low, high }]
  );
  return plotIntervalCurve([
    { name: "width of the interval", points: widths },
    { name: "studies that see it", points: curve.map((one) => ({ x: one.subjects, y: one.power })) },
  ], { title: name, x: "subjects of the study", y: "width, share" });
}

function sentences(
  { present, detectable, subjectsForWidth, subjectsForPower, curve }: StudySize,
  { width, what, studies, against }: { width: number; what: string; studies: number; against: string | null },
): string[] {
  const most = curve.at(-1)!.subjects;
  const error = (100 * Math.sqrt(0.25 / studies)).toFixed(1);
  const enough = (subjects: number | null) =>
    subjects === null ? `more than ${most} subjects` : `about ${subjects} subjects`;
  return [
    `- An interval of ${width} or less: ${enough(subjectsForWidth)}. ` +
    `This run has ${present.subjects}, and one of ${present.width?.toFixed(3) ?? "no width"}.`,
    `- To see ${what} in 80 of 100 studies: ${enough(subjectsForPower)}; ` +
    `${present.subjects} subjects see it in ${Math.round(100 * present.power)}.`,
    ...against === null
      ? [
        detectable === null
          ? "- This study could have told no difference that there can be in 80 of 100 cases."
          : `- This study could have shown a difference of ${detectable.toFixed(2)} or more (in 80 of 100 cases).`,
        "- The other model is imagined: worse in every class alike, with errors of its own that are drawn item by item.",
      ]
      : [],
    `- Each share is that of ${studies} imagined studies, right to ${error} points (one standard error at most). New subjects are ` +
    "taken to be like these; other sites may not be.",
  ];
}
