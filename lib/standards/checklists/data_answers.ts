import { knowsInput, openInput, preparationOf } from "../../features/mod.ts";
import { groupRows } from "../../report/mod.ts";
import type { RunData } from "../../runs/mod.ts";
import { plural, told } from "./checklist.ts";
import { plainSettings } from "../../paper/mod.ts";

/** What a run says of the data that it was made from. */
export const objective = told("config", {
  at: ["question, experiment.evaluation.protocol", "summary"],
  say: ({ question }, { run }) => {
    const others = run.external.map(({ title }) => title).join(", "), data = run.data?.title ?? "unknown";
    return `${question} A network is developed and judged on other subjects of the same data (${data}); ` +
      `${others ? `it is judged on other data as well: ${others}` : "it was judged on no other data"}.`;
  },
});

export const sources = told("data", {
  at: ["title, citation, licence, total", "data"],
  say: ({ title, citation, licence, total }, { info }) =>
    `${title}. ${citation}. Licence: ${licence}.${info?.home ? ` From ${info.home}.` : ""} Used: ${amounts(total)}, ` +
    `${(total.seconds / 3600).toFixed(2)} h.`,
});

function amounts({ subjects, recordings, items }: RunData["total"]): string {
  return [plural(subjects, "subject"), plural(recordings, "recording"), plural(items, "item")].join(", ");
}

export const settings = told("data", {
  at: ["bySource", "sources"],
  say: (data) => {
    const sources = data.bySource.map(({ source, subjects }) => `${source} (${plural(subjects, "subject")})`);
    return `${plural(sources.length, "source")} (sub-database, device, position or site): ${sources.join(", ")}.` +
      `${shareSubjects(data) ? " They share subjects, so they are no centres." : ""}`;
  },
});

export const exclusions = told("data", {
  at: ["passedOver", "data"],
  say: ({ passedOver, total }) => {
    if (passedOver.length === 0) return `No file or item was left out; ${plural(total.items, "item")} were used.`;
    const reasons = Map.groupBy(passedOver, ({ reason }) => reason.replace(/[:;].*$/s, ""));
    const told = [...reasons].toSorted((a, b) => b[1].length - a[1].length);
    const rest = told.slice(SHOWN).reduce((sum, [, those]) => sum + those.length, 0);
    const shown = told.slice(0, SHOWN).map(([reason, those]) => `${those.length} × ${reason}`);
    const why = [...shown, ...rest > 0 ? [`${rest} × other reasons`] : []].join("; ");
    return `${plural(passedOver.length, "file or item", "files or items")} left out before any split, ` +
      `${plural(total.items, "item")} used: ${why}. Nothing is imputed.`;
  },
});
const SHOWN = 6; // reasons that a cell names

export const preparation = told("bundle", {
  at: ["input, quality", "reproduce"],
  say: ({ input, frames, bands, channels }) => {
    if (!knowsInput(input)) return `An input of one's own: ${plainSettings(input)}. The same for every recording.`;
    const { sampleRate } = openInput(input), prepared = plainSettings(preparationOf(input)) || "nothing";
    const window = `[${frames} frames, ${bands} bands, ${plural(channels, "channel")}]`;
    return `${plainSettings(input)}. At ${sampleRate} Hz; before the windows: ${prepared}; a window is ${window}. ` +
      "The same steps and limits of quality for every recording, whatever its group.";
  },
});

export const outcome = told("data", {
  at: ["task, classes", "data"],
  say: ({ task, classes }, { info }) =>
    `Task ${task}${info?.tasks[task] ? `: ${info.tasks[task].about}` : ""} Classes, the healthy one first: ` +
    `${classes.join(", ")}. The labels are those of the data's authors.`,
});

export const predictors = told("config", {
  at: ["experiment.input", "reproduce"],
  say: ({ experiment: { input } }) =>
    `Windows of the recording alone (${plainSettings(input)}); no label, age, sex, place or device enters the ` +
    "network. None was selected within the run.",
});

export const subsets = told("config", {
  at: ["experiment.dataset, experiment.input", "data"],
  say: ({ experiment: { dataset, input } }) =>
    `Of the dataset: ${plainSettings(dataset)}. Of each item every window is used (${plainSettings(input)}).`,
});

export const partSizes = told("data", {
  at: ["byPart", "data"],
  say: ({ byPart }, { run }) => {
    const parts = byPart.map((one) => {
      const classes = Object.entries(one.byClass).map(([label, n]) => `${label} ${n}`).join(", ");
      return `${one.part}: ${amounts(one)} (${classes})`;
    });
    return `${(run.splits?.length ?? 1) > 1 ? "First fold: " : ""}${parts.join("; ")}.`;
  },
});

export const groupsKnown = told("metrics", {
  at: ["parts.<part>.groups", "groups"],
  say: (_metrics, evidence) => {
    const by = Map.groupBy(groupRows(evidence), ({ attribute }) => attribute);
    if (by.size === 0) return "The files hold no age, sex, place or device of a patient or recording.";
    const told = [...by].map(([name, those]) =>
      `${name}: ${those.map(({ group, subjects }) => `${group} ${subjects}`).join(", ")}`
    );
    return `Part ${evidence.part}, subjects: ${told.join("; ")}.`;
  },
});

export const traps = told("data", {
  at: ["dataset", "data"],
  say: (_, { info }) => info?.traps.length ? `Auscult's catalogue knows of these data: ${info.traps.join("; ")}.` : "",
});

export const dataAccess = told("data", {
  at: ["licence, fingerprint", "reproduce"],
  say: ({ licence, fingerprint }, { info }) =>
    `${info?.home ? `At ${info.home}` : "Not in the catalogue"}, licence: ${licence}. Fingerprint of what was used: ` +
    `${fingerprint ?? "none"}. croissant/croissant.json lists the files; recordings are not passed on with the paper.`,
});

/** Whether a subject stands in several sources, which are positions on the chest or devices then. */
export function shareSubjects({ bySource, total }: RunData): boolean {
  return bySource.reduce((sum, { subjects }) => sum + subjects, 0) > total.subjects;
}
