import ts from "typescript";

/** The text of a cell as a module, which begins at the second line. */
export interface CellModule {
  uri: string;
  text: string;
}

/**
 * In a notebook a name may be declared again, with another type: as one file the cells would contradict each other. As a
 * module each, the newest declaration wins.
 *
 * @param folder Address of the folder that relative imports of cells start from; no file is written there.
 */
export function cellModules(folder: string) {
  const id = crypto.randomUUID().slice(0, 8);
  const declaredIn = new Map<string, string>();
  let count = 0;
  const moduleOf = (name: string, code: string): CellModule & { declared: string[] } => {
    const declared = declaredNames(code);
    const wanted = [...declaredIn].filter(([word]) => !declared.includes(word) && code.includes(word));
    const imports = [...Map.groupBy(wanted, ([, file]) => file)].map(([file, words]) =>
      `import { ${words.map(([word]) => word).join(", ")} } from "./${file}";`
    );
    const text = `${imports.join(" ")}\n${code}\nexport { ${declared.join(", ")} };\n`;
    return { uri: `${folder}/${name}`, text, declared };
  };
  return {
    /** The cell as the next module; it imports what it uses of the cells before it. */
    draft: (code: string): CellModule => moduleOf(`.cell-${id}.tsx`, code),
    /** Keeps a cell that ran: later ones see its names, the newest declaration of each. */
    keep(code: string): CellModule {
      const file = `.cell-${id}-${++count}.tsx`;
      const { declared, ...module } = moduleOf(file, code);
      for (const name of declared) declaredIn.set(name, file);
      return module;
    },
  };
}

/** The names that a cell declares or imports for the cells after it. */
export function declaredNames(code: string): string[] {
  const file = ts.createSourceFile("cell.tsx", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const names = new Set<string>();
  const bind = (name: ts.BindingName | undefined): void => {
    if (name === undefined) return;
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(({ name }) => bind(name));
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      bind(name);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) bind(namedBindings.name);
      else namedBindings?.elements.forEach((element) => bind(element.name));
    } else if (
      ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
    ) bind(statement.name);
  }
  return [...names];
}
