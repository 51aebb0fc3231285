import { headlineNames, pooledScore, toldScore } from "../../report/mod.ts";
import { scoreInfo } from "../../scores/mod.ts";
import type { FoldSubjects } from "../../splits/mod.ts";
import { type Evidence, plural, type Verdict } from "./checklist.ts";
import { shareSubjects } from "./data_answers.ts";
import { scoreWords } from "./result_answers.ts";

/** What a strict reader would hold against a run. */
export interface Finding {
  /** The questions of PROBAST+AI that it answers: D of development, E of evaluation. */
  questions: string[];
  verdict: Extract<Verdict, "no" | "probably no">;
  text: string;
  from: string;
  remedy: string;
}

/** With fewer subjects of a class nobody showed that intervals hold what they say (bench/README.md, coverage). */
const FEW = 20;
/** Events, and as many without, that an evaluation should have (Collins et al. 2016, Stat Med 35:214-226). */
const ENOUGH = 100;
const MANY_MISSING = 0.05; // share of files left out from which their absence may matter

/** Everything of a run that fails a signalling question, found in its files. */
export function selfAudit(evidence: Evidence): Finding[] {
  return [
    ...leaks(evidence),
    ...sizes(evidence),
    ...floors(evidence),
    ...tuned(evidence),
    ...missing(evidence),
    ...places(evidence),
    ...units(evidence),
    ...warnings(evidence),
  ];
}

/** Subjects on two sides of a training, over all of them. */
export function crossing(splits: readonly FoldSubjects[]): number {
  const crossed = splits.flatMap(({ train, validation, test }) => {
    const [learned, chosen] = [new Set(train), new Set(validation)];
    return [
      ...test.filter((subject) => learned.has(subject) || chosen.has(subject)),
      ...validation.filter((subject) => learned.has(subject)),
    ];
  });
  return new Set(crossed).size;
}

function leaks({ run }: Evidence): Finding[] {
  const sides = crossing(run.splits ?? []), sentences = run.metrics?.leaks ?? [];
  if (sides === 0 && sentences.length === 0) return [];
  return [{
    questions: ["E4.1", "E4.5"],
    verdict: "no",
    text: [`${plural(sides, "subject")} on two sides of a split.`, ...sentences].join(" "),
    from: "splits.json › folds; metrics.json › leaks",
    remedy: "train again with evaluation.leaks=refuse",
  }];
}

function sizes({ run, predictions, part }: Evidence): Finding[] {
  const judged = Map.groupBy(predictions, ({ label }) => label);
  const tested = [...judged].map(([label, rows]) => ({
    label,
    subjects: new Set(rows.map(({ subject }) => subject)).size,
  }));
  const absent = (run.data?.classes ?? []).filter((label) => !judged.has(label));
  const all = [...tested, ...absent.map((label) => ({ label, subjects: 0 }))];
  return [
    ...sizeOf("E4.2", predictions.length === 0 ? [] : all, { what: `judged in part ${part}`, from: "predictions.csv" }),
    ...sizeOf("D4.1", run.data?.byClass ?? [], { what: "in all parts together", from: "data.json › byClass" }),
  ];
}

function sizeOf(
  question: string,
  classes: readonly { label: string; subjects: number }[],
  { what, from }: { what: string; from: string },
): Finding[] {
  const small = classes.filter(({ subjects }) => subjects < ENOUGH).toSorted((a, b) => a.subjects - b.subjects);
  if (small.length === 0) return [];
  const few = small[0].subjects < FEW, shown = small.map(({ label, subjects }) => `${label} ${subjects}`).join(", ");
  const unproven = few ? `, and below ${FEW} our intervals were not shown to hold` : "";
  return [{
    questions: [question],
    verdict: few ? "no" : "probably no",
    text: `Subjects ${what}: ${shown}; ${ENOUGH} of a class are asked for (Collins et al. 2016)${unproven}.`,
    from,
    remedy: "more subjects of these classes, or classes joined; say it as a limitation",
  }];
}

function floors(evidence: Evidence): Finding[] {
  return headlineNames(evidence).flatMap((name) => {
    const { score, at, over } = toldScore(evidence, name)!, { value, low, high, floor } = score;
    if (floor === null || value === null) return [];
    const { better, title } = scoreInfo(name, score);
    const [end, sign] = better === "lower" ? [high ?? value, -1] : [low ?? value, 1];
    if (sign * end > sign * floor) return [];
    const beaten = sign * value <= sign * floor;
    const than = `${beaten ? "no better than" : "the interval includes"} what needs no such network`;
    return [{
      questions: ["E4.7"],
      verdict: beaten ? "no" as const : "probably no" as const,
      text: `${scoreWords(over ? `${title}, ${over}` : title, score)}: ${than}.`,
      from: `metrics.json › parts.${evidence.part}.${at}`,
      remedy: "claim no more than the floor; look at what reaches it",
    }];
  });
}

function tuned({ others, run, part }: Evidence): Finding[] {
  const found: Finding[] = [];
  if (others > 0) {
    found.push({
      questions: ["E4.1"],
      verdict: "probably no",
      text: `${plural(others, "complete run")} of this experiment with other settings beside it judged part ${part}, ` +
        "too: were this one chosen by that part's figures, they would be too good.",
      from: "the folders beside the run",
      remedy: "say how this run was chosen; choose by validation, report every run",
    });
  }
  const folds = new Set(run.splits?.map(({ test }) => test.join("\n"))).size;
  const seeds = run.config?.seeds.length ?? 1;
  if (run.splits && folds === 1 && run.config?.experiment.evaluation.protocol?.kind === "hold-out") {
    found.push({
      questions: ["E4.2"],
      verdict: "probably no",
      text: `One random split${seeds === 1 ? " and one seed" : ""}: how much another would change is not known.`,
      from: "splits.json › folds; config.json › seeds",
      remedy: "evaluation.protocol grouped-folds with repeats, and several seeds",
    });
  }
  return found;
}

function missing({ run: { data } }: Evidence): Finding[] {
  if (!data) return [];
  const { passedOver: { length: left }, total: { recordings } } = data, share = left / (left + recordings);
  if (share < MANY_MISSING) return [];
  return [{
    questions: ["D4.3", "E4.3"],
    verdict: "probably no",
    text: `${plural(left, "file or item", "files or items")} left out beside ${plural(recordings, "recording")} used ` +
      `(${(100 * share).toFixed(1)} %), without asking whether they differ.`,
    from: "data.json › passedOver",
    remedy: "show by class and source what was left out; a recording that is too poor is an answer, too",
  }];
}

function places({ run: { data, config, external } }: Evidence): Finding[] {
  const protocol = config?.experiment.evaluation.protocol?.kind;
  if (!data || external.length > 0) return [];
  const one = data.bySource.length < 2, shared = shareSubjects(data);
  if (!one && !shared && protocol === "leave-one-source-out") return [];
  const several = shared ? "Sources that share subjects" : "The sources are on both sides of the split";
  return [{
    questions: ["D1.3", "E1.3"],
    verdict: "probably no",
    text: `${
      one ? "One source" : several
    }, and no other data: nothing is known of another place, device or population.`,
    from: "data.json › bySource; evaluations/",
    remedy: "deno task evaluate on data of another place, or evaluation.protocol leave-one-source-out where sources " +
      "are places",
  }];
}

function units(evidence: Evidence): Finding[] {
  const { predictions, metrics } = evidence;
  const [name] = headlineNames(evidence);
  const score = name === undefined ? undefined : pooledScore(evidence, name)?.score;
  const subjects = new Set(predictions.map(({ subject }) => subject)).size;
  if (subjects === 0 || !metrics || !score || score.unit === "subject" || score.n <= subjects) return [];
  const each = (score.n / subjects).toFixed(1);
  return [{
    questions: ["E4.7"],
    verdict: "probably no",
    text: `${scoreInfo(name, score).title} counts by ${score.unit}, ${each} of a subject: who gave many weighs more. ` +
      "(Its interval is over subjects.)",
    from: `metrics.json › parts.${evidence.part}.pooled; predictions.csv`,
    remedy: "evaluation.unit=subject where the question is of a patient",
  }];
}

function warnings({ run }: Evidence): Finding[] {
  return (run.metrics?.warnings ?? []).filter((text) => !/passed over|are taken for/.test(text)).map((text) => ({
    questions: /missing in the .* part/.test(text) ? ["E4.2"] : ["E4.5"],
    verdict: "probably no" as const,
    text,
    from: "metrics.json › warnings",
    remedy: "explain it in the paper, or remove its cause",
  }));
}
