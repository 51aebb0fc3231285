import { existsSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { type EngineName, openEngine, webgpuAdapter } from "../../engines/mod.ts";
import { AuscultError, type Problem } from "../../errors/mod.ts";

/** A thing that a machine has or lacks. */
export interface MachinePart {
  what: string;
  /** A line that tells what is there. */
  found: string;
  /** What to do about what lacks, where there is something to do. */
  mend?: string;
}

const DENO = "2.9.6";
const ENGINES: readonly EngineName[] = ["ort", "ort-webgpu", "wasm", "webgpu", "cpu"];

/** What this machine offers to a researcher, one thing after the other as each is found. */
export async function* describeMachine(): AsyncGenerator<MachinePart> {
  const { deno } = Deno.version;
  yield {
    what: "Deno",
    found: deno,
    ...deno === DENO ? {} : { mend: `Auscult is tested on ${DENO}: deno upgrade ${DENO}` },
  };
  const gibibytes = (totalmem() / 2 ** 30).toFixed(1);
  yield { what: "system", found: `${Deno.build.target}, ${release()}, ${gibibytes} GiB of memory` };
  const threads = navigator.hardwareConcurrency;
  yield { what: "threads", found: `${threads} (${cpus()[0]?.model.trim() ?? "unknown processor"})` };
  yield await adapter();
  for (const name of ENGINES) yield await engine(name);
  const { engine: taken, reason } = await openEngine("auto", { threads });
  yield { what: "trains on", found: `${taken.name}. ${reason}` };
  yield await kernel();
  yield* await pythonModules(Deno.env.get("AUSCULT_PYTHON") ?? "python3");
}

async function adapter(): Promise<MachinePart> {
  const found = await webgpuAdapter();
  if (found && !found.software) return { what: "adapter", found: found.name };
  return {
    what: "adapter",
    found: found ? `${found.name}, which the processor computes` : "none",
    mend:
      "for a graphics card install its driver (on Linux with Vulkan: libvulkan1 and the card's own); without one all works",
  };
}

async function engine(name: EngineName): Promise<MachinePart> {
  try {
    const { engine } = await openEngine(name, { threads: 1 });
    return { what: `  ${name}`, found: engine.description };
  } catch (error) {
    const { found, remedy }: Partial<Problem> = error instanceof AuscultError ? error.problem : {};
    return { what: `  ${name}`, found: `can't run here: ${found ?? (error as Error).message}`, mend: remedy };
  }
}

async function kernel(): Promise<MachinePart> {
  const { kernelFolder } = await import("@auscult/jupyter-kernel");
  const { AUSCULT_KERNEL: { name, displayName } } = await import("../../notebook/auscult_kernel.ts");
  const folder = join(kernelFolder(), name);
  const there = existsSync(folder);
  if (there) return { what: "kernel", found: `"${displayName}" in ${folder}` };
  return { what: "kernel", found: `"${displayName}" is not installed for this user`, mend: "deno task kernel" };
}

/** What Python is good for here; nothing of Auscult's own work needs it. */
const MODULES: Readonly<Record<string, string>> = {
  jupyterlab: "deno task lab",
  librosa: "deno task bench",
  torch: "deno task bench",
  keras: "deno task bench",
  optuna: "deno task bench",
};

const PROGRAM = `
import importlib.metadata, json, platform, sys
versions = {}
for name in sys.argv[1:]:
    try: versions[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError: pass
print(json.dumps({"python": platform.python_version(), "versions": versions}))
`;

/** The Python of this name, and those of its packages that some tasks use. */
async function pythonModules(python: string): Promise<MachinePart[]> {
  const names = Object.keys(MODULES);
  // A program that isn't there is an error at once, not of the promise.
  const ask = async () => await new Deno.Command(python, { args: ["-c", PROGRAM, ...names] }).output();
  const output = await ask().catch(() => undefined);
  if (!output?.success) {
    return [{
      what: "Python",
      found: `none by the name ${python}`,
      mend: "needed for JupyterLab and comparisons only",
    }];
  }
  const { python: version, versions } = JSON.parse(new TextDecoder().decode(output.stdout)) as {
    python: string;
    versions: Record<string, string>;
  };
  const here = names.filter((name) => name in versions).map((name) => `${name} ${versions[name]}`);
  const lacking = names.filter((name) => !(name in versions));
  const uses = new Set(lacking.map((name) => MODULES[name]));
  return [{
    what: "Python",
    found: `${version} (${python}), with ${here.join(", ") || "none of the packages that some tasks use"}`,
    ...lacking.length > 0
      ? { mend: `for ${[...uses].join(" and ")}, and nothing else: ${python} -m pip install ${lacking.join(" ")}` }
      : {},
  }];
}
