import { DataError } from "../../errors/mod.ts";

/** What is wrong with an archive as an error of ours, whatever the library that reads it threw. */
export function damagedArchive(path: string, kind: "ZIP" | "RAR", cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  return new DataError({
    expected: `a ${kind} archive`,
    found: cause instanceof Error ? cause.message : String(cause),
    where: path,
    remedy: "delete it and fetch it again",
    cause,
  });
}
