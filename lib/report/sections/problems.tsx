import { Section } from "../page/section.tsx";
import type { RunFiles } from "../run_files.ts";

/** The files that this report had to do without. */
export function Problems({ problems }: { problems: RunFiles["problems"] }) {
  if (problems.length === 0) return null;
  return (
    <Section id="missing" title="Missing from this report" short="Missing">
      <div class="note warning">
        {problems.map(({ file, problem }) => (
          <p key={file}>
            <code>{file}</code>: {problem}
          </p>
        ))}
      </div>
    </Section>
  );
}
