import type { PaperRun } from "../paper_run.ts";
import type { PaperTable } from "../tables/paper_table.ts";
import { comparisonTables } from "./comparison_tables.ts";
import { networkTables } from "./network_tables.ts";
import { referenceTable } from "./reference_table.ts";
import { classesTable, externalTable, groupsTable, scoresTable, sourcesTable } from "./score_tables.ts";
import { subjectTables } from "./subject_tables.ts";

/** All tables that the runs have something for, and sentences on runs that are in no paired table. */
export function paperTables(runs: readonly PaperRun[]): { tables: PaperTable[]; apart: string[] } {
  const { tables: comparisons, apart } = comparisonTables(runs);
  const tables = [
    ...subjectTables(runs),
    ...networkTables(runs),
    ...[scoresTable, classesTable, sourcesTable, groupsTable, referenceTable, externalTable].map((make) => make(runs)),
    ...comparisons,
  ];
  return { tables: tables.filter(({ rows }) => rows.length > 0), apart };
}
