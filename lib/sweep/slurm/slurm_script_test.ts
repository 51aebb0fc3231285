import { expect } from "expect";
import { slurmScript } from "./slurm_jobs.ts";

const options = {
  study: "lung-events",
  command: ["/opt/deno", "run", "sweep.ts", "--set", "a='b c'"],
  tasks: 12,
  workers: 4,
  folder: "/home/ann/my lungs",
  logs: "results/slurm",
};

Deno.test("slurmScript() asks for an array with a cap, a signal for the worker itself, and to be requeued", () => {
  const lines = slurmScript({ ...options, partition: "cpu", time: "8:00:00", memory: "4G", more: ["--account=lungs"] })
    .split("\n");
  expect(lines[0]).toBe("#!/bin/bash");
  const directives = lines.filter((line) => line.startsWith("#SBATCH ")).map((line) => line.slice(8));
  expect(directives).toEqual([
    "--job-name=sweep-lung-events",
    "--array=0-11%4",
    "--cpus-per-task=1",
    "--partition=cpu",
    "--time=8:00:00",
    "--mem=4G",
    "--signal=B:TERM@30",
    "--requeue",
    "--open-mode=append",
    "--chdir='/home/ann/my lungs'",
    "--output=results/slurm/%A_%a.log",
    "--account=lungs",
  ]);
});

Deno.test("slurmScript() ends with the worker in place of the shell, its words quoted for it", () => {
  const command = ["printf", "%s\\n", "a='b c'", "$HOME `id`", "#"];
  expect(slurmScript({ ...options, command }).trimEnd().split("\n").at(-1)).toBe(
    `exec printf '%s\\n' 'a='\\''b c'\\''' '$HOME \`id\`' '#'`,
  );
});

Deno.test("slurmScript() refuses an option that would become two lines", () => {
  expect(() => slurmScript({ ...options, more: ["--account=a\n#SBATCH --x"] })).toThrow(/an option of sbatch/);
  expect(() => slurmScript({ ...options, time: "1\nrm -rf ." })).toThrow(/an option of sbatch/);
});
