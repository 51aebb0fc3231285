import type { MachinePart } from "./describe_machine.ts";

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
export async function pythonModules(python: string): Promise<MachinePart[]> {
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
