import { type Score, scoreName } from "../../scores/mod.ts";
import { groupRows, headlineNames, pooledScore, toldScore } from "../../report/mod.ts";
import { type Answers, plural, told } from "./checklist.ts";

/** What a run says of what came out. */
export const performance = told("metrics", {
  at: ["parts.<part>.pooled", "scores"],
  say: (_metrics, evidence) => {
    const names = headlineNames(evidence);
    if (names.length === 0) return "";
    const said = names.map((name) => {
      const { score, over } = toldScore(evidence, name)!;
      return scoreWords([scoreName(name).name, ...over ? [over] : []].join(", "), score);
    });
    return `Part ${evidence.part}: ${said.join("; ")}.`;
  },
});

export const byGroup = told("metrics", {
  at: ["parts.<part>.groups", "groups"],
  say: (_metrics, evidence) => {
    const rows = groupRows(evidence);
    if (rows.length === 0) return "No group of patients is known, so none was compared.";
    const worse = rows.filter(({ difference }) => difference?.worse);
    const told = [...Map.groupBy(rows, ({ attribute }) => attribute)].map(([attribute, those]) => {
      const groups = those.map((one) => `${one.group} ${figureWords(one.score)}, ${plural(one.subjects, "subject")}`);
      return `${attribute}: ${groups.join("; ")}`;
    });
    const judged = worse.length === 0
      ? "No group is worse than the others by its whole interval."
      : `Worse than the others by the whole interval: ${worse.map(({ group }) => group).join(", ")}.`;
    const by = `${scoreName(rows[0].name).name} by ${told.join(". By ")}.`;
    return `${by} ${judged} No step was taken to make groups equal.`;
  },
});

export const bySource = told("metrics", {
  at: ["parts.<part>.sources, .sourceMean", "sources"],
  say: (_metrics, evidence) => {
    const { metrics } = evidence;
    const name = headlineNames(evidence).find((name) => metrics?.sourceMean[name]);
    if (!metrics || name === undefined || metrics.sources.length < 2) return "One source: nothing to compare.";
    const each = metrics.sources.map(({ source, scores }) => `${source} ${figureWords(scores[name])}`).join("; ");
    const mean = figureWords(metrics.sourceMean[name]), pooled = figureWords(pooledScore(evidence, name)?.score);
    return `${scoreName(name).name} by source: ${each}; mean over the sources ${mean}, pooled ${pooled}.`;
  },
});

export const confusion = told("metrics", {
  at: ["parts.<part>.confusion", "confusion"],
  say: (_metrics, { metrics, part }) => {
    if (!metrics) return "";
    const { classes, counts } = metrics.confusion;
    const row = (t: number) => classes.map((name, p) => `${name} ${counts[t][p]}`).join(", ");
    return `Part ${part}, items, truth: answers: ${classes.map((truth, t) => `${truth}: ${row(t)}`).join("; ")}.`;
  },
});

export const external: Answers = ({ run }) => {
  const official = run.config?.experiment.evaluation.protocol?.kind === "official";
  const divided = official ? "divided by subject as their authors did" : "divided by subject";
  const own = `Development and test part come from the same data, ${divided}.`;
  if (run.external.length === 0) {
    const text = `${own} The network was judged on no other data.`;
    return { text, from: "splits.json", where: "report.html#protocol" };
  }
  const others = run.external.map(({ title, data }) =>
    `${title}${data ? `: ${plural(data.total.subjects, "subject")}, ${plural(data.total.items, "item")}` : ""}`
  );
  const from = run.external.map(({ folder }) => `${folder}/data.json › total`).join("; ");
  return { text: `${own} Other data: ${others.join("; ")}.`, from, where: "report.html#external-0" };
};

/** `Accuracy 0.894 (0.718 to 0.968), floor 0.833, 66 items`. */
export function scoreWords(name: string, { value, low, high, floor, n, unit }: Score): string {
  const beside = floor === null ? "" : `, floor ${floor.toFixed(3)}`;
  return `${name} ${figureWords({ value, low, high })}${beside}, ${plural(n, unit)}`;
}

/** `0.894 (0.718 to 0.968)`. */
function figureWords(score: Pick<Score, "value" | "low" | "high"> | undefined): string {
  const { value = null, low = null, high = null } = score ?? {};
  if (value === null) return "–";
  const interval = low === null || high === null ? "no interval" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
  return `${value.toFixed(3)} (${interval})`;
}
