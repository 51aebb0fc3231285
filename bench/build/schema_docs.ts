import ts from "typescript";

/**
 * The doc comments above the keys of the zod schemas and interfaces of a file, where editors find them too: by `group.key`, and those of
 * groups themselves by `group`. A group has its name from its `kind`, else from the key or variable that it is the value of.
 */
export async function schemaDocs(path: string): Promise<Map<string, string>> {
  const text = await Deno.readTextFile(path);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const docs = new Map<string, string>();
  const note = (name: string, node: ts.Node) => {
    const said = docAbove(node, text);
    if (said !== undefined && !docs.has(name)) docs.set(name, said);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const group = groupOf(node);
      if (group !== undefined) {
        note(group, statementOf(node));
        for (const property of node.properties) {
          if (property.name) note(`${group}.${property.name.getText()}`, property);
        }
      }
    }
    if (ts.isVariableDeclaration(node)) note(node.name.getText(), node.parent.parent);
    if (ts.isInterfaceDeclaration(node)) {
      for (const member of node.members) if (member.name) note(`${node.name.text}.${member.name.getText()}`, member);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return docs;
}

function groupOf(node: ts.ObjectLiteralExpression): string | undefined {
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || property.name.getText() !== "kind") continue;
    const kind = property.initializer.getText().match(/^z\.literal\("(.*?)"\)/)?.[1];
    if (kind !== undefined) return kind;
  }
  const part = partName(node) ?? (ts.isCallExpression(node.parent) ? partName(node.parent.parent?.parent) : undefined);
  if (part !== undefined) return part;
  for (let above: ts.Node = node.parent; above; above = above.parent) {
    if (ts.isPropertyAssignment(above) || ts.isVariableDeclaration(above)) return above.name.getText();
  }
  return undefined;
}

/** The name of a part that is defined by an object, `{ name: "focal", options: z.strictObject({ … }), … }`. */
function partName(node: ts.Node | undefined): string | undefined {
  if (!node || !ts.isObjectLiteralExpression(node)) return undefined;
  const properties = node.properties.filter(ts.isPropertyAssignment);
  if (!properties.some(({ name }) => name.getText() === "options")) return undefined;
  return properties.find(({ name }) => name.getText() === "name")?.initializer.getText().match(/^"(.*)"$/)?.[1];
}

/** What a comment on the group stands above: its entry in a list, or its declaration. */
function statementOf(node: ts.Node): ts.Node {
  let above = node;
  while (above.parent && !ts.isArrayLiteralExpression(above.parent) && !ts.isVariableStatement(above)) {
    if (ts.isPropertyAssignment(above.parent)) return above.parent;
    above = above.parent;
  }
  return above;
}

function docAbove(node: ts.Node, text: string): string | undefined {
  const comment = ts.getLeadingCommentRanges(text, node.getFullStart())?.at(-1);
  const said = comment && text.slice(comment.pos, comment.end);
  if (!said?.startsWith("/**")) return undefined;
  return said.slice(3, -2).split("\n").map((line) => line.replace(/^\s*\*\s?/, "").trim()).join(" ")
    .replaceAll(/\{@\w+ (\w+)\}/g, "`$1`").trim();
}
