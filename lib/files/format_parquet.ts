/** Values of a column; a `null` is missing. */
type Cell = string | number | null;

/**
 * Rows as a Parquet file (Apache Parquet 2). The columns are those of the first row: whole numbers of 32 bits, other numbers
 * as doubles, all else as text.
 */
export async function formatParquet(rows: readonly object[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer"); // only who asks for it pays for it
  const columnData = Object.keys(rows[0] ?? {}).map((name) => {
    const data = rows.map((row): Cell => (row as Record<string, Cell | undefined>)[name] ?? null);
    const known = data.filter((value) => value !== null);
    const type = known.some((value) => typeof value !== "number")
      ? "STRING" as const
      : known.length > 0 && known.every((value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31)
      ? "INT32" as const
      : "DOUBLE" as const;
    return { name, data, type, nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
