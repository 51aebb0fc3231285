import { join } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import type { RunFiles } from "../report/mod.ts";

/**
 * Writes `CITATION.cff` (Citation File Format 1.2.0) of a paper's folder: its title, and references to Auscult and to the data of
 * the runs. Who the authors are only they can say: their entry is to be filled in.
 *
 * @returns names below the folder.
 */
export async function writeCitation(runs: readonly RunFiles[], folder: string): Promise<string[]> {
  const [{ environment }] = runs;
  const titles = [...new Set(runs.flatMap(({ config }) => config ? [config.title] : []))];
  const known = new Map(runs.flatMap(({ data }) => data ? [[data.title, data] as const] : []));
  const fields: Record<string, unknown> = {
    "cff-version": "1.2.0",
    message: "If you use this, please cite it and what it stands on.",
    type: "dataset",
    title: titles.join("; ") || "Runs of Auscult",
    authors: [{ name: "The authors of this study (write their names here)" }],
    references: [
      {
        type: "software",
        title: "Auscult",
        authors: [{ name: "The Auscult authors" }],
        license: "MIT",
        ...environment ? { version: environment.auscult } : {},
        ...environment?.gitCommit ? { commit: environment.gitCommit } : {},
      },
      ...[...known.values()].map(({ title, citation }) => ({
        type: "data",
        title,
        authors: [{ name: /^(.+?)\. /.exec(citation)?.[1] ?? "See the notes" }],
        notes: citation,
        ...doiOf(citation),
      })),
    ],
  };
  // YAML 1.2 contains JSON: a key a line, values as JSON.
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  await writeAtomic(join(folder, "CITATION.cff"), lines.join("\n") + "\n");
  return ["CITATION.cff"];
}

function doiOf(citation: string): { doi?: string } {
  const doi = /\b10\.\d{4,9}\/[^\s"<>]+/.exec(citation)?.[0].replace(/[.,;]+$/, "");
  return doi === undefined ? {} : { doi };
}
