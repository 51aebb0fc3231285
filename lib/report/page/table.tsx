import type { ComponentChildren } from "preact";

/** The head of a column: its name, or `[name, "n"]` of one of numbers, which stand at the right. */
export type Heading = string | readonly [name: string, kind: string];

/** What a {@linkcode Table} shows. */
export interface TableProps {
  /** What it is called for who can't see it. */
  label: string;
  caption?: ComponentChildren;
  head?: readonly Heading[];
  /** Whether the page's script sorts it by its heads. */
  sortable?: boolean;
  id?: string;
  /** The rows. */
  children?: ComponentChildren;
}

/** A table that is set tighter, and at last as a list, where it doesn't fit its place. */
export function Table({ label, caption, head, sortable, id, children }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table id={id}>
        {caption && <caption>{caption}</caption>}
        {head && (
          <thead>
            <tr>{head.map((heading) => <Head key={String(heading)} heading={heading} sortable={sortable} />)}</tr>
          </thead>
        )}
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Head({ heading, sortable }: { heading: Heading; sortable?: boolean }) {
  const [name, kind] = typeof heading === "string" ? [heading, ""] : heading;
  const kinds = `${sortable ? "sortable" : ""} ${kind}`.trim();
  return <th scope="col" class={kinds || undefined}>{sortable ? <button type="button">{name}</button> : name}</th>;
}

/** Heads of columns of numbers. */
export function numbers(...names: string[]): Heading[] {
  return names.map((name) => [name, "n"]);
}
