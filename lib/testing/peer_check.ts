/** What a check needs beside the project. */
export interface PeerNeeds {
  /** Names of datasets below the folder in `AUSCULT_DATASETS` (default `data`). */
  datasets?: string[];
  /** Modules that the Python in `AUSCULT_PYTHON` (default `python3`) can import. */
  python?: string[];
  /** Programs on the PATH. */
  programs?: string[];
  /** Programs in the folder that `AUSCULT_TOOLS` names: servers that run on one machine. */
  tools?: string[];
}

/** Where the things lie that a check asked for. */
export interface Peers {
  /** Folder of a dataset. */
  dataset(name: string): string;
  /** The Python to call. */
  python: string;
  /** Path of a tool. */
  tool(name: string): string;
}

/**
 * A test against something outside the project: real recordings, a Python library, a program. It lives in a
 * `*_peer_checks.ts` file and is run by `deno task test:peers`. What it needs and is not there is said as
 * `skipped: why`; with `AUSCULT_REQUIRE_PEERS=1`, as in CI, that is a failure.
 */
export function peerCheck(name: string, needs: PeerNeeds, check: (peers: Peers) => void | Promise<void>): void {
  const datasets = Deno.env.get("AUSCULT_DATASETS") ?? "data";
  const python = Deno.env.get("AUSCULT_PYTHON") ?? "python3";
  const tools = Deno.env.get("AUSCULT_TOOLS") ?? "tools";
  const missing = missingPeers(needs, { datasets, python, tools });
  const required = Deno.env.get("AUSCULT_REQUIRE_PEERS") === "1";
  const why = `skipped: ${missing.join(", ")}`;
  if (missing.length > 0) console.log(`${name}: ${why}`);
  Deno.test({
    name,
    ignore: missing.length > 0 && !required,
    fn() {
      if (missing.length > 0) throw new Error(why);
      return check({ dataset: (dataset) => `${datasets}/${dataset}`, python, tool: (tool) => `${tools}/${tool}` });
    },
  });
}

function missingPeers(
  needs: PeerNeeds,
  { datasets, python, tools }: { datasets: string; python: string; tools: string },
): string[] {
  return [
    ...(needs.datasets ?? []).filter((name) => !isFolder(`${datasets}/${name}`))
      .map((name) => `no dataset ${name} in ${datasets}`),
    ...(needs.python ?? []).filter((module) => !runs(python, ["-c", `import ${module}`]))
      .map((module) => `no Python module ${module}`),
    ...(needs.programs ?? []).filter((program) => !runs("which", [program])).map((program) => `no program ${program}`),
    ...(needs.tools ?? []).filter((tool) => !runs(`${tools}/${tool}`, ["--help"])).map((tool) =>
      `no ${tool} in ${tools}`
    ),
  ];
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function runs(program: string, args: string[]): boolean {
  try {
    return new Deno.Command(program, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
