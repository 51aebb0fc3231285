import { basename } from "node:path";
import { datasetInfo, isOwnData, type JoinedDataset } from "../../datasets/mod.ts";

/**
 * What a dataset is called: as the experiment says, else own data as their table or folder, several as one by their names, and
 * others as in the catalogue.
 */
export function dataTitle(
  { name, title, join }: { name: string; title?: string; join?: readonly JoinedDataset[] },
  data: string,
): string {
  if (title !== undefined) return title;
  if (join) return join.map(({ name, as = name }) => as).join(" + ");
  return isOwnData({ name }) ? basename(data).replace(/\.(csv|tsv|txt|xlsx)$/i, "") || data : datasetInfo(name).title;
}
