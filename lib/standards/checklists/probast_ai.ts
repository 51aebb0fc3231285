import type { Answer, Answers, Checklist, Evidence, Item, Verdict } from "./checklist.ts";
import { exclusions, outcome, partSizes, predictors, preparation, settings, sources } from "./data_answers.ts";
import { imbalance, measures, model, partition, standardised } from "./method_answers.ts";
import { selfAudit } from "./self_audit.ts";

const UNKNOWN: Verdict = "no information";

/** What stands where no finding speaks against it. */
function judged(verdict: Verdict, answers: Answers, unless?: (evidence: Evidence) => boolean): Answers {
  return (evidence) => {
    const answer = answers(evidence);
    return { ...answer, verdict: answer.text === "" ? UNKNOWN : unless?.(evidence) ? "not applicable" : verdict };
  };
}

const oneSplit = ({ run }: Evidence) => new Set(run.splits?.map(({ test }) => test.join("\n"))).size < 2;

/** Nothing was weighted by class. */
function unbalanced({ run }: Evidence): boolean {
  const { classWeights, sampler, loss } = (run.config?.experiment.training ?? {}) as Record<string, { kind?: string }>;
  return (classWeights as unknown) === "none" && sampler?.kind === "shuffled" &&
    !/focal|balanced/.test(loss?.kind ?? "");
}

/** Domains 1 to 3 are asked of development and of evaluation alike. */
const SHARED: Item[] = [
  ["1.1", "Suitable source of data", judged(UNKNOWN, sources), "whether cohort, registry, convenience or case-control"],
  ["1.2", "Suitable study design", judged(UNKNOWN, settings), "how subjects came to be recorded"],
  ["1.3", "Inclusions and exclusions leave a representative set", judged(UNKNOWN, exclusions), "whom it stands for"],
  [
    "2.1",
    "Predictors defined and measured alike for all",
    judged(UNKNOWN, predictors),
    "whether all were recorded alike: devices, places, posture",
  ],
  ["2.2", "Preprocessed alike for all", judged("yes", preparation)],
  ["2.3", "Predictors measured without knowing the outcome", null, "whether who recorded knew the diagnosis"],
  ["2.4", "Predictors there when the model is to be used", judged("yes", predictors)],
  ["3.1", "Outcome defined and determined suitably", judged(UNKNOWN, outcome), "the reference standard"],
  ["3.2", "Outcome determined alike for all", null, "whether all had the same examination"],
  ["3.3", "Outcome determined without the predictors", null, "labels given by ear come from the very sound judged"],
  ["3.4", "Suitable time between predictors and outcome", null, "days between recording and examination"],
];

const DEVELOPMENT: Item[] = [
  ["4.1", "Enough participants and events", judged("probably yes", partSizes), "no rule is accepted for networks"],
  ["4.2", "Predictors handled suitably", judged("yes", standardised)],
  ["4.3", "Missing data handled suitably", judged("probably yes", exclusions), "whether absence tells of the outcome"],
  ["4.4", "Recalibrated where classes were balanced", judged("yes", imbalance, unbalanced)],
  ["4.5", "Steps against overfitting", judged("probably yes", model)],
];

const EVALUATION: Item[] = [
  ["4.1", "More than apparent performance", judged("yes", partition), "how this run was chosen among others"],
  ["4.2", "Enough participants and events", judged("probably yes", partSizes)],
  ["4.3", "Missing data handled suitably", judged("probably yes", exclusions)],
  ["4.4", "Judged without balancing of classes", judged("yes", imbalance, unbalanced)],
  [
    "4.5",
    "No leak between the parts",
    judged("yes", partition),
    "what the workbench can't know: the same patient twice",
  ],
  ["4.6", "Resampling repeats every step of the development", judged("yes", partition, oneSplit)],
  ["4.7", "Suitable measures: discrimination, calibration, benefit", judged("probably yes", measures), "net benefit"],
];

function asked(letter: "D" | "E", items: readonly Item[]): Item[] {
  return items.map(([n, asks, answers, yours]) => [letter + n, asks, answered(letter + n, answers), yours]);
}

const NOTHING: Answer = { text: "", from: "", where: "", verdict: UNKNOWN };

/** A finding of the self-audit goes before the usual answer. */
function answered(question: string, answers: Answers | null): Answers {
  return (evidence) => {
    const findings = selfAudit(evidence).filter(({ questions }) => questions.includes(question));
    if (findings.length === 0) return answers?.(evidence) ?? NOTHING;
    return {
      text: findings.map(({ text }) => text).join(" "),
      from: [...new Set(findings.map(({ from }) => from))].join("; "),
      where: "report.html#summary",
      verdict: findings.some(({ verdict }) => verdict === "no") ? "no" : "probably no",
    };
  };
}

/**
 * PROBAST+AI: 16 questions on the development and 18 on the evaluation in four domains. The numbers are those of the tool, the
 * words are ours; which question of it a finding answers is our reading.
 */
export const probastAi: Checklist = {
  name: "probast-ai",
  title: "PROBAST+AI",
  edition: "Moons KGM, Damen JAA, Kaul T, et al. PROBAST+AI. BMJ 2025;388:e082505. doi:10.1136/bmj-2024-082505",
  items: [...asked("D", [...SHARED, ...DEVELOPMENT]), ...asked("E", [...SHARED, ...EVALUATION])],
};
