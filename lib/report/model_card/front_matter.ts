import { groupRows } from "../group_rows.ts";
import { headlineNames, type ReportView, toldScore } from "../report_view.ts";

/** Hugging Face's names of licences (their `license` field) by the licences of the catalogue. */
const LICENCES: Record<string, string> = {
  "CC BY 4.0": "cc-by-4.0",
  "CC0": "cc0-1.0",
  "MIT": "mit",
  "ODC-By 1.0": "odc-by",
};

/**
 * The YAML block that Hugging Face reads: a key a line, values as JSON, which YAML 1.2 contains. The licence is that of
 * the training data, whose terms a trained network can't be freer than.
 */
export function cardFrontMatter(view: ReportView): string {
  const { config, data } = view.run;
  const licence = data ? LICENCES[data.licence] : undefined;
  const fields: Record<string, unknown> = {
    license: licence ?? "other",
    ...(licence ? {} : { license_name: "see-training-data" }),
    library_name: "auscult",
    pipeline_tag: "audio-classification",
    tags: ["auscultation", "audio-classification", "mel-spectrogram", "tfjs", "onnx", "research-only"],
    ...(data ? { datasets: [data.dataset] } : {}),
    metrics: headlineNames(view),
  };
  const results = headlineNames(view).flatMap((name) => {
    const score = toldScore(view, name)?.score;
    if (!score) return [];
    const { value, low, high, n } = score;
    return [{ type: name, name, value, args: { low, high, n } }];
  });
  const task = { type: "audio-classification", name: data?.task };
  const dataset = { type: data?.dataset, name: data?.title, split: view.part };
  const groups = groupRows(view).flatMap(({ attribute, group, name, score: { value, low, high, n } }) =>
    value === null ? [] : [{
      task,
      dataset: { ...dataset, config: `${attribute}: ${group}` },
      metrics: [{ type: name, name, value, args: { low, high, n } }],
    }]
  );
  if (config && data && results.length > 0) {
    fields["model-index"] = [{ name: config.name, results: [{ task, dataset, metrics: results }, ...groups] }];
  }
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ["---", ...lines, "---", ""].join("\n");
}
