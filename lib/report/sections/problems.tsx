import type { RunFiles } from "../run_files.ts";

/** The files that this report had to do without. */
export function Problems({ problems }: { problems: RunFiles["problems"] }) {
  if (problems.length === 0) return null;
  return (
    <section id="missing" aria-labelledby="missing-title">
      <h2 id="missing-title">Missing from this report</h2>
      <div class="note warning">
        {problems.map(({ file, problem }) => (
          <p key={file}>
            <code>{file}</code>: {problem}
          </p>
        ))}
      </div>
    </section>
  );
}
