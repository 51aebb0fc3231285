import { expect } from "expect";
import { join } from "node:path";
import { writeFixtureRun } from "../report/fixture_run.ts";
import { peerCheck } from "../testing/mod.ts";
import { readPaperRuns, writePaper } from "./mod.ts";

async function program(name: string, args: string[], cwd: string): Promise<string> {
  const { success, stdout } = await new Deno.Command(name, { args, cwd, stdout: "piped", stderr: "piped" }).output();
  const said = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`${name} ${args.join(" ")}: ${said.slice(-2000)}`);
  return said;
}

peerCheck(
  "writePaper() writes a document that Debian's TeX compiles, whatever runs, classes and sources are called",
  { programs: ["pdflatex", "bibtex", "pdftotext"] },
  async () => {
    const folder = await Deno.makeTempDir();
    try {
      const classes = ["A&B_100%", "<b>x</b> $1 #2 ~^\\{}", "طبيعي 心音 Ж", "Größe & Żółć, [x]* “q” ≥ −1"];
      const options = { subjects: 12, examples: 2, seconds: 1, classes, suffix: " %&_\\[1] é ﷼ \u202eabc" };
      const runs = [
        await writeFixtureRun(join(folder, "a"), options),
        await writeFixtureRun(join(folder, "b"), { ...options, seed: 2 }),
        // So many figures and tables that TeX could not keep all of them in mind.
        ...await Promise.all(
          [3, 4, 5, 6].map((seed) => writeFixtureRun(join(folder, `${seed}`), { ...options, seed })),
        ),
      ];
      const out = join(folder, "paper");
      await writePaper(await readPaperRuns(runs), out);
      const tex = ["-interaction=nonstopmode", "-halt-on-error"];
      await program("pdflatex", [...tex, "paper"], out);
      await program("bibtex", ["paper"], out);
      await program("pdflatex", [...tex, "paper"], out);
      const log = await program("pdflatex", [...tex, "paper"], out);
      expect(log).not.toMatch(/Citation .* undefined|Missing character/);
      const supplement = await program("pdflatex", [...tex, "supplement"], out);
      expect(log + supplement).not.toMatch(/Overfull .hbox \(\d{2,}\.|Float too large/);
      for (const document of ["paper", "supplement"]) {
        await program("pdftotext", ["-layout", `${document}.pdf`], out);
      }
      const paper = (await Deno.readTextFile(join(out, "paper.txt"))).normalize("NFKC");
      for (
        const said of [
          "A&B_100%",
          "<b>x</b> $1 #2 ~^\\{}",
          "Größe & Żółć",
          "[0637 0628 064A 0639 064A",
          "[yours: title]",
        ]
      ) {
        expect(paper.replaceAll(/\s+/g, " ")).toContain(said);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
