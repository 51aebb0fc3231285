/** What a check needs beside the project. */
export interface PeerNeeds {
  /** Names of datasets below the folder in `AUSCULT_DATASETS` (default `data`). */
  datasets?: string[];
  /** Modules that the Python in `AUSCULT_PYTHON` (default `python3`) can import. */
  python?: string[];
  /** Programs on the PATH. */
  programs?: string[];
}

/** Where the things lie that a check asked for. */
export interface Peers {
  /** Folder of a dataset. */
  dataset(name: string): string;
  /** The Python to call. */
  python: string;
}

/**
 * A test against something outside the project: real recordings, a Python library, a program. It lives in a
 * `*_peer_checks.ts` file and is run by `deno task test:peers`. What it needs and is not there is said as
 * `skipped: why`; with `AUSCULT_REQUIRE_PEERS=1`, as in CI, that is a failure.
 */
export function peerCheck(name: string, needs: PeerNeeds, check: (peers: Peers) => void | Promise<void>): void {
  Deno.test(name, async () => {
    const datasets = Deno.env.get("AUSCULT_DATASETS") ?? "data";
    const python = Deno.env.get("AUSCULT_PYTHON") ?? "python3";
    const missing = await missingPeers(needs, datasets, python);
    if (missing.length === 0) return await check({ dataset: (dataset) => `${datasets}/${dataset}`, python });
    const why = `skipped: ${missing.join(", ")}`;
    if (Deno.env.get("AUSCULT_REQUIRE_PEERS") === "1") throw new Error(why);
    console.log(why);
  });
}

async function missingPeers(needs: PeerNeeds, datasets: string, python: string): Promise<string[]> {
  const missing: string[] = [];
  for (const name of needs.datasets ?? []) {
    const there = await Deno.stat(`${datasets}/${name}`).then((stat) => stat.isDirectory, () => false);
    if (!there) missing.push(`no dataset ${name} in ${datasets}`);
  }
  for (const module of needs.python ?? []) {
    if (!await runs(python, ["-c", `import ${module}`])) missing.push(`no Python module ${module}`);
  }
  for (const program of needs.programs ?? []) {
    if (!await runs("which", [program])) missing.push(`no program ${program}`);
  }
  return missing;
}

async function runs(program: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}
