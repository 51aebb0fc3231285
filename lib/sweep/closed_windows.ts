import { LeakError } from "../errors/mod.ts";
import type { LabelledWindows } from "../experiment/mod.ts";
import type { Fold } from "../splits/mod.ts";

/**
 * The same windows without those of the outer test part: whatever a trial does, it can't read them. Their labels are hidden
 * as well.
 *
 * @throws {LeakError} from `read` and `of`, for a row that some fold tests.
 */
export function closedWindows(windows: LabelledWindows, folds: readonly Fold[]): LabelledWindows {
  const closed = new Set(folds.flatMap(({ test }) => [...test]));
  const refuse = (row: number): never => {
    throw new LeakError({
      expected: "a sweep to leave the outer test part alone",
      found: `a trial that reads row ${row} of it`,
      where: "the manifest",
      remedy: "choose on inner validation; the test part is opened once, for the winner",
    });
  };
  return {
    ...windows,
    labels: windows.labels.map((label, window) => closed.has(windows.rows[window]) ? -1 : label),
    read(window, into, offset) {
      if (closed.has(windows.rows[window])) refuse(windows.rows[window]);
      windows.read(window, into, offset);
    },
    of(rows) {
      for (const row of rows) if (closed.has(row)) refuse(row);
      return windows.of(rows);
    },
  };
}
