import { type ComponentChildren, createContext } from "preact";
import type { FileProblem } from "../read_run_files.ts";
import type { Figure } from "../../plots/mod.ts";

/** The sections of a page as they are met, for its contents. */
export const Sections = createContext<{ id: string; name: string }[]>([]);

interface SectionProps {
  id: string;
  title: string;
  /** Its name in the contents. @default its title */
  short?: string;
  children: ComponentChildren;
}

/** A part of a page with its heading; the contents lead to its id. */
export function Section({ id, title, short = title, children }: SectionProps) {
  return (
    <Sections.Consumer>
      {(met) => {
        met.push({ id, name: short });
        return (
          <section id={id} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`}>{title}</h2>
            {children}
          </section>
        );
      }}
    </Sections.Consumer>
  );
}

interface PageHeadProps {
  title: string;
  question?: string;
  /** {@linkcode Fact}s, side by side. */
  facts?: ComponentChildren;
  children?: ComponentChildren;
}

/** What a page is about. */
export function PageHead({ title, question, facts, children }: PageHeadProps) {
  return (
    <header class="head">
      <h1>{title}</h1>
      {question !== undefined && <p class="question">{question}</p>}
      {facts && <ul class="facts">{facts}</ul>}
      {children}
    </header>
  );
}

interface FactProps {
  of: string;
  is?: ComponentChildren;
  children?: ComponentChildren;
}

/** One of the facts of a {@linkcode PageHead}: `of` what, and, to be seen first, what it `is`. */
export function Fact({ of, is, children }: FactProps) {
  return (
    <li>
      {of}
      {is !== undefined && (
        <>
          {" "}
          <b>{is}</b>
        </>
      )}
      {children}
    </li>
  );
}

interface TileProps {
  name: string;
  meaning?: string;
  big: ComponentChildren;
  children: ComponentChildren;
}

/** A figure that matters, in a box with its name. */
export function Tile({ name, meaning, big, children }: TileProps) {
  return (
    <div class="tile">
      <div class="name" title={meaning}>{name}</div>
      <div class="big">{big}</div>
      {children}
    </div>
  );
}

/** Two lists of sentences side by side, each below its heading. */
export function TwoLists({ lists }: { lists: [title: string, sentences: ComponentChildren[]][] }) {
  return (
    <div class="two">
      {lists.map(([title, sentences]) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul class="plain">{sentences.map((sentence, i) => <li key={i}>{sentence}</li>)}</ul>
        </div>
      ))}
    </div>
  );
}

/** What could not be read, and why. */
export function Unread({ files }: { files: readonly FileProblem[] }) {
  return (
    <div class="note warning">
      {files.map(({ file, problem }) => (
        <p key={file}>
          <code>{file}</code>: {problem}
        </p>
      ))}
    </div>
  );
}

/** What stands above a figure: its title, and in one sentence how to read it. */
export interface FigureWords {
  title: string;
  caption: string;
}

/** A figure by its name in the figures of the page; the names of its series stand in its label for who can't see it. */
export function Plot({ id, figure: { data, layout }, title, caption }: FigureWords & { id: string; figure: Figure }) {
  const names = data.map((trace) => (trace as { name?: string }).name).filter((name) => name !== undefined);
  return (
    <figure class="card">
      <figcaption>
        {title}
        <span>{caption}</span>
      </figcaption>
      <div
        class="plot"
        role="img"
        aria-label={`${title}. ${names.join("; ")}`}
        data-figure={`figure-${id}`}
        style={{ minHeight: `${layout.height ?? 400}px` }}
      />
    </figure>
  );
}

interface FiguresProps {
  figures: Record<string, Figure>;
  words: Record<string, FigureWords>;
  column?: boolean;
}

/** Those of the figures that there are words for, side by side, or in a `column`. */
export function Figures({ figures, words, column = false }: FiguresProps) {
  const shown = Object.entries(words).filter(([id]) => id in figures);
  if (shown.length === 0) return null;
  return (
    <div class={column ? "figures column" : "figures"}>
      {shown.map(([id, text]) => <Plot key={id} id={id} figure={figures[id]} {...text} />)}
    </div>
  );
}
