// Writes loops over arrays as loops over their indexes, and `const [first] = list` as `const first = list[0]`. The sources
// say it as people read it; but until V8 has optimised a function, which in a short run is never, it asks an iterator for
// each element, and makes an object for each answer. The types tell what is an array: a Map, a Set, a string and what has
// no type stay as they are.
import {
  isArrayBindingPattern,
  isForOfStatement,
  isIdentifier,
  isVariableDeclaration,
  isVariableDeclarationList,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

/** Names of the code that is written begin so. */
const OWN = '$each';

/**
 * A plugin of esbuild for files below a folder, which are a part of the project of TypeScript whose tsconfig.json is
 * given. For many bundles.
 */
export function lowerLoops(tsconfig, folder) {
  let lowered;
  return {
    name: 'lower-loops',
    setup(esbuild) {
      lowered ??= lowerProject(tsconfig, folder);
      esbuild.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = lowered.get(path);
        return contents === undefined ? undefined : { contents, loader: 'ts' };
      });
    },
  };
}

/** The files below a folder that have such loops, by path, with these written otherwise. Throws where one uses an own name. */
export function lowerProject(tsconfig, folder) {
  const api = new API();
  try {
    const [project] = api.updateSnapshot({ openProjects: [tsconfig] }).getProjects();
    const { program, checker } = project;
    const lowered = new Map();
    for (const path of program.getSourceFileNames()) {
      if (!path.startsWith(`${folder}/`)) continue;
      const file = program.getSourceFile(path);
      const text = lowerFile(file, checker);
      if (text !== file.text) lowered.set(path, text);
    }
    return lowered;
  } finally {
    api.close();
  }
}

function lowerFile(file, checker) {
  if (file.text.includes(OWN)) throw new Error(`${file.fileName} must not hold "${OWN}", which the build writes`);
  const typeOf = (node) => checker.getTypeAtLocation(node);
  let count = 0;
  const newName = () => `${OWN}${count++}`;

  /** The text of a node with its loops written otherwise. */
  function print(node, start = node.getStart(file)) {
    let text = '';
    let at = start;
    const visit = (child) => {
      const written = rewrite(child);
      if (written === undefined) return void child.forEachChild(visit);
      text += file.text.slice(at, child.getStart(file)) + written;
      at = child.end;
    };
    visit(node);
    return text + file.text.slice(at, node.end);
  }

  function rewrite(node) {
    if (isForOfStatement(node) && node.awaitModifier === undefined) return rewriteLoop(node);
    if (isVariableDeclaration(node) && node.initializer !== undefined) return rewriteDeclaration(node);
    return undefined;
  }

  function rewriteLoop({ initializer, expression, statement }) {
    if (!isVariableDeclarationList(initializer)) return undefined;
    const [declaration] = initializer.declarations;
    const keyword = file.text.slice(initializer.getStart(file), declaration.getStart(file));
    const type = typeOf(expression);
    const isArray = isArrayType(type, checker);
    const isList = isPlainList(declaration.name) && givesArrays(type, checker);
    if (!isArray && !isList) return undefined;
    const [list, index, element] = [newName(), newName(), newName()];
    const value = isArray ? `${list}[${index}]` : element;
    const head = isArray
      ? `let ${index} = 0, ${list} = ${print(expression)}; ${index} < ${list}.length; ${index}++`
      : `const ${element} of ${print(expression)}`;
    const whole = isArray && isList ? `const ${element} = ${value}; ` : '';
    const names = isList ? namesIn(declaration.name, element) : `${print(declaration.name)} = ${value}`;
    return `for (${head}) { ${whole}${keyword}${names}; ${print(statement)} }`;
  }

  function rewriteDeclaration({ name, initializer }) {
    if (!isPlainList(name) || !isArrayType(typeOf(initializer), checker)) return undefined;
    if (isIdentifier(initializer)) return namesIn(name, initializer.text);
    const list = newName();
    return `${list} = ${print(initializer)}, ${namesIn(name, list)}`;
  }

  return print(file, 0);
}

/** `[first, , third]`: names only, no defaults and no rest. */
function isPlainList(name) {
  if (!isArrayBindingPattern(name)) return false;
  const named = name.elements.filter(isNamed);
  return named.length > 0 && named.every(isPlainName);
}

function isNamed(element) {
  return element.name !== undefined;
}

function isPlainName({ name, initializer, dotDotDotToken }) {
  return isIdentifier(name) && initializer === undefined && dotDotDotToken === undefined;
}

/** The names of a plain list, each with its element of a list. */
function namesIn({ elements }, list) {
  return [...elements.entries()]
    .filter(([, element]) => isNamed(element))
    .map(([index, { name }]) => `${name.text} = ${list}[${index}]`)
    .join(', ');
}

function isArrayType(type, checker) {
  return type !== undefined && (checker.isArrayType(type) || checker.isTupleType(type));
}

const MAPS = ['Map', 'ReadonlyMap'];
const ITERABLES = ['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'ArrayIterator', 'MapIterator', 'SetIterator'];

/** Whether a loop over a value of this type gets an array each time, as far as that is sure. */
function givesArrays(type, checker) {
  const name = type?.getSymbol()?.name ?? '';
  if (MAPS.includes(name)) return true;
  return ITERABLES.includes(name) && isArrayType(checker.getTypeArguments(type)[0], checker);
}
