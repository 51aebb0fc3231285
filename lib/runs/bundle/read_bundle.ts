import { z } from "zod";
import { DataError } from "../../errors/mod.ts";
import { knownParts, ownCode } from "../../parts/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { type Bundle, bundle as bundleFile, ownPart } from "./bundle_schema.ts";
import { type Run, runIn } from "../run.ts";

/** The version of bundles that this version of Auscult reads. */
const VERSION = 1;

/** A bundle that was found whole. */
export interface ReadBundle {
  bundle: Bundle;
  /** What can't be told of it, as sentences. */
  warnings: string[];
  /** Bytes of another file of it, found to be those that it was written with. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Reads and checks `bundle.json`; nothing in it leads out of its folder.
 *
 * @param folder The folder that holds it: `results/demo/…/model`.
 * @param options `asWeights`: also one whose networks give no classes, for a run that begins with them.
 * @throws {DataError} where it is missing, damaged, of another version, or says what no bundle can.
 */
export async function readBundle(folder: string, { asWeights = false } = {}): Promise<ReadBundle> {
  const run = runIn(folder);
  const where = run.path("bundle.json");
  const raw = await run.readJson("bundle.json", z.record(z.string(), z.unknown()));
  if (raw.version !== VERSION) {
    const found = `version ${JSON.stringify(raw.version)}`;
    const remedy = "train it again, or use the Auscult that made it";
    throw new DataError({ expected: `a bundle of version ${VERSION}`, found, where, remedy });
  }
  await checkOwnInputs(raw, where);
  const bundle = await run.readJson("bundle.json", bundleFile);
  const damaged = (found: string, where: string) =>
    new DataError({ expected: "what the run wrote", found, where, remedy: "copy the whole run folder again" });
  if (bundle.answers && !asWeights) {
    const found = "pretrained ones, which tell crops of one recording from others";
    const remedy = "begin a run with them: deno task experiment FILE --set initial.run=RUN";
    throw new DataError({ expected: "networks that name a class", found, where, remedy });
  }
  const { files, digest } = bundle;
  if (digest !== undefined && digest !== bundleDigest(raw)) throw damaged("a file that was changed since", where);
  return {
    bundle,
    warnings: files && digest ? [] : [
      `An earlier version wrote ${where}: it holds no checksums, so that nobody can tell whether a file of it was damaged.`,
    ],
    async read(name) {
      const bytes = await run.readBytes(name);
      if (files && files[name] !== hashBytes(bytes)) {
        throw damaged(
          files[name] === undefined ? "a file that it doesn't know" : "a file that was changed since",
          run.path(name),
        );
      }
      return bytes;
    },
  };
}

/**
 * Sees that the inputs of somebody's own by which a bundle hears are known here, by the code that it was trained with. A
 * bundle is data: only a file that the person names brings code.
 *
 * @param raw What stands in `bundle.json`.
 * @throws {DataError} naming the input, its module, and what to do.
 */
export async function checkOwnInputs(raw: Record<string, unknown>, where: string): Promise<void> {
  const named = z.array(ownPart).optional().safeParse(raw.parts);
  for (const { part, kind, module, sha256 } of named.data ?? []) {
    const known = knownParts().find(({ type, definition }) => type === part && definition.name === kind);
    if (known === undefined) {
      const expected = `the code of the ${part} "${kind}", which a bundle doesn't hold`;
      const remedy = `name the file that defines it: --parts ${module}`;
      throw new DataError({ expected, found: "none", where, remedy });
    }
    const found = (await ownCode(known))?.sha256 ?? "that of a built-in one";
    if (found === sha256) continue;
    throw new DataError({
      expected: `the ${part} "${kind}" by the code that it was trained with, ${sha256.slice(0, 12)}…`,
      found: `${found.slice(0, 12)}… of ${known.module ?? "a notebook's cell"}`,
      where,
      remedy: "name the file as it was then, which the run keeps below code/, or train again",
    });
  }
}

/**
 * Writes `model/bundle.json` with the SHA-256 of every other file in its folder and of itself, so that whoever gets the
 * bundle knows that nothing of it was damaged or changed on the way. (Who makes a bundle anew can seal it anew: a seal says
 * that it is whole, and not from whom it is.)
 */
export async function sealBundle(run: Run, bundle: Bundle): Promise<void> {
  const entries = await Array.fromAsync(Deno.readDir(run.path("model")));
  const names = entries.filter(({ isFile, name }) => isFile && name !== "bundle.json" && !name.endsWith(".tmp"))
    .map(({ name }) => name).toSorted();
  const files: Record<string, string> = {};
  for (const name of names) files[name] = hashBytes(await run.readBytes(`model/${name}`));
  const { digest: _before, ...rest } = bundle;
  const sealed = { ...rest, files };
  await run.save("bundle", { ...sealed, digest: bundleDigest(sealed) });
}

/** SHA-256 of what a bundle says, without the digest itself; the same however the JSON is laid out. */
export function bundleDigest(bundle: Record<string, unknown>): string {
  const { digest: _own, ...rest } = bundle;
  return hashBytes(JSON.stringify(rest));
}
