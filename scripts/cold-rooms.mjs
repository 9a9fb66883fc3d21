// Compiling code takes a fresh Node longer than running it once. What most runs do not need is therefore not part of
// the program's own code: it is bundled into rooms of its own, which stand in dist/postern.js as texts of their own and
// are compiled when something in them is first called.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './prepare.mjs';

const COMMAND = /import\('([^']+)'\)/g;
/**
 * The doors of each room: files that the rest of the program calls. They export functions and types only, so that
 * nothing of a room is needed before a call. What else a room needs is inside it, unless the program has it already.
 */
const ROOMS = {
  yaml: [
    'src/argocd/read-yaml.ts',
    'src/emit/dump-yaml.ts',
    'src/emit/flow.ts',
    'src/emit/last-block-scalar.ts',
    'src/parse/input/construct.ts',
    'src/parse/input/list-by-events.ts',
    'src/parse/input/look-at-node.ts',
    'src/parse/input/print-alone.ts',
    'src/parse/input/resource-list-by-events.ts',
    'src/parse/input/yaml-tree.ts',
  ],
  config: ['src/parse/config/check-shape.ts', 'src/parse/config/report-issues.ts'],
  dialects: [
    'src/dialect/calico.ts',
    'src/dialect/cilium.ts',
    'src/dialect/cluster-wide.ts',
    'src/infer/cluster-wide/contradictions.ts',
    'src/infer/cluster-wide/dns-for-all.ts',
    'src/infer/cluster-wide/plan-cluster-wide.ts',
    'src/infer/hosts.ts',
    'src/infer/http/bypasses.ts',
    'src/infer/http/plan-http.ts',
    'src/infer/http/with-requests.ts',
    'src/infer/look-ups.ts',
    'src/parse/calico/read-calico-policy.ts',
    'src/parse/calico/tiers.ts',
    'src/parse/cilium/read-cilium-policy.ts',
    'src/parse/cluster-policy/read-cluster-policy.ts',
    'src/parse/config/read-cluster-wide.ts',
    'src/parse/follow-services.ts',
    'src/parse/grammar/parse-host.ts',
    'src/parse/grammar/parse-requests.ts',
    'src/reach/stages.ts',
    'src/reach/weigh.ts',
  ],
  mesh: [
    'src/dialect/identities.ts',
    'src/infer/identity/plan-guards.ts',
    'src/infer/mesh/membership.ts',
    'src/infer/mesh/open-proxy-ports.ts',
    'src/infer/mesh/plan-mesh.ts',
    'src/infer/warnings/named-mesh.ts',
    'src/parse/config/read-identity.ts',
    'src/parse/config/read-mesh.ts',
    'src/parse/linkerd-server.ts',
  ],
  errors: [
    'src/infer/closed-door.ts',
    'src/infer/door-item.ts',
    'src/infer/suggest-name.ts',
    'src/model/edit-distance.ts',
    'src/parse/grammar/foreign-character.ts',
    'src/parse/grammar/grammar-error.ts',
    'src/parse/input/point-at.ts',
  ],
  expect: [
    'src/check.ts',
    'src/explain/judge-expectations.ts',
    'src/observe.ts',
    'src/parse/expect/read-expectations.ts',
  ],
  arguments: ['src/adapters/options.ts', 'src/adapters/read-files.ts'],
  commands: doorsOfCommands(),
  page: ['src/adapters/graph-page.ts'],
};
/** How a file begins to keep something between two calls. */
const STATE = /^(?:export )?(?:let |const .*(?:\bSymbol\(|= new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\)))/m;
/** Packages that only rooms may hold. */
const COLD = ['js-yaml', 'zod'];

const HOT = 'hot:';
const LOADER = 'cold-rooms';
const DOORS = new Map(Object.entries(ROOMS).flatMap(([room, doors]) => doors.map((door) => [door, room])));

/**
 * Builds a program with its rooms: the options of esbuild for all of them, with one entry point. Answers the code
 * of the program, which calls `openRoom`, the code of its rooms by name, and the metafile of all of it.
 */
export async function buildWithRooms(options) {
  const probe = await bundle(options, doorShims([]));
  const hot = new Set(Object.keys(probe.metafile.inputs));
  for (const input of hot) {
    if (COLD.some((name) => input.startsWith(`node_modules/${name}/`))) {
      throw new Error(`${input} is not in a room: put the file that imports it into scripts/cold-rooms.mjs`);
    }
  }
  const rooms = {};
  const shared = new Set();
  const inputs = {};
  for (const room of Object.keys(ROOMS)) {
    const { text, metafile } = await buildRoom(room, options, hot, shared);
    rooms[room] = text;
    const [held] = Object.values(metafile.outputs).map((output) => output.inputs);
    for (const path of Object.keys(held)) if (path in inputs && path !== '<stdin>') refuseState(path);
    Object.assign(inputs, held);
  }
  const { outputFiles, metafile } = await bundle(options, doorShims(namesShared(shared, Object.values(rooms))));
  for (const output of Object.values(metafile.outputs)) Object.assign(output.inputs, inputs);
  return { code: outputFiles[0].text, rooms, metafile };
}

function bundle(options, plugin) {
  return build({
    ...options,
    write: false,
    absWorkingDir: ROOT,
    metafile: true,
    plugins: [plugin, ...(options.plugins ?? [])],
  });
}

/** The code of one room. It shares what the program has: `shared` collects which files those are. */
async function buildRoom(room, options, hot, shared) {
  refuseNamesakes(room);
  const contents = ROOMS[room].map((door) => `export * from './${door}';`).join('\n');
  const { outputFiles, metafile } = await bundle(
    { ...options, entryPoints: undefined, stdin: { contents, resolveDir: ROOT } },
    sharing(room, hot, shared),
  );
  return { text: outputFiles[0].text, metafile };
}

/** What one room remembers of a file the other room that holds it would not know. */
function refuseState(path) {
  if (STATE.test(readFileSync(join(ROOT, path), 'utf8'))) {
    throw new Error(`${path} keeps something, so only one room may hold it: make it the door of a room`);
  }
}

/** Of two doors with a function of one name, the room would have neither. */
function refuseNamesakes(room) {
  const names = ROOMS[room].flatMap(functionsOf);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`two doors of the room ${room} export ${twice}`);
}

/** Inside a room: files of the program are taken from it, and doors of other rooms are called as everywhere. */
function sharing(room, hot, shared) {
  return {
    name: 'share-with-program',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.{1,2}\// }, (args) => {
        const path = pathOf(args);
        if (!hot.has(path) && (!DOORS.has(path) || DOORS.get(path) === room)) return undefined;
        shared.add(path);
        return { path: `${HOT}${path}`, external: true };
      });
    },
  };
}

/** What each shared file exports that some room speaks of: `[path, names]`. */
function namesShared(shared, texts) {
  const words = new Set(texts.flatMap((text) => text.match(/(?<=\.)[\w$]+/g) ?? []));
  return [...shared].map((path) => [
    path,
    exportsOf(path).flatMap(({ kind, name }) => {
      if (kind === 'let') throw new Error(`${path} must not change ${name}, or the rooms have another value of it`);
      return words.has(name) ? [name] : [];
    }),
  ]);
}

/** In the program: doors are functions that load their room, and the loader knows what rooms share. */
function doorShims(shared) {
  return {
    name: 'cold-rooms',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.{1,2}\// }, (args) => {
        const path = pathOf(args);
        return DOORS.has(path) ? { path, namespace: 'door' } : undefined;
      });
      esbuild.onResolve({ filter: new RegExp(`^${LOADER}$`) }, () => ({ path: LOADER, namespace: LOADER }));
      // Not as a dynamic import, for which esbuild would wrap every file of the program.
      esbuild.onLoad({ filter: /src\/adapters\/commands\.ts$/ }, ({ path }) => ({
        contents: `import { room } from '${LOADER}';\n${readFileSync(path, 'utf8').replaceAll(COMMAND, "room('commands')")}`,
        loader: 'ts',
      }));
      esbuild.onLoad({ filter: /.*/, namespace: 'door' }, ({ path }) => ({
        contents: doorShim(path),
        resolveDir: ROOT,
      }));
      esbuild.onLoad({ filter: /.*/, namespace: LOADER }, () => ({
        contents: loader(shared),
        resolveDir: ROOT,
      }));
    },
  };
}

function doorShim(path) {
  const room = JSON.stringify(DOORS.get(path));
  const shims = functionsOf(path).map(
    (name) => `export function ${name}(...given) { return room(${room}).${name}(...given); }`,
  );
  return [`import { room } from '${LOADER}';`, ...shims].join('\n');
}

function functionsOf(path) {
  const others = exportsOf(path).filter(({ kind }) => !kind.endsWith('function'));
  if (others.length > 0) throw new Error(`${path} is the door of a room, so it must not export ${others[0].name}`);
  return exportsOf(path).map(({ name }) => name);
}

/** What a file exports beside types, its own or another's. */
function exportsOf(path) {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const found = source.matchAll(/^export (?!type |interface )(?:([a-z ]+?)\*? (\w+)|\{([^}]*)\}( from)?)/gm);
  return [...found].flatMap(([, kind, name, names, from]) => {
    if (names === undefined) return [{ kind, name }];
    if (from !== undefined) return namesIn(names).map((passed) => ({ kind: 'passed on', name: passed }));
    throw new Error(`${path} must export ${names} where it is declared, or the rooms cannot share it`);
  });
}

/** `a, b as c` are called a and c by those who import them. */
function namesIn(list) {
  const entries = list.split(',').flatMap((entry) => entry.trim() || []);
  return entries.filter((entry) => !entry.startsWith('type ')).map((entry) => entry.split(' as ').at(-1));
}

function loader(shared) {
  const imports = shared.map(([path, names], file) => {
    const renamed = names.map((name) => `${name} as ${name}_${file}`);
    return `import { ${renamed.join(', ')} } from './${path}';`;
  });
  const entries = shared.map(([path, names], file) => {
    const values = names.map((name) => `${name}: ${name}_${file}`);
    return `${JSON.stringify(HOT + path)}: { ${values.join(', ')} }`;
  });
  return `
    ${imports.join('\n')}
    // All of it is there when a room is first opened, since nothing calls a door before the program runs.
    const shared = () => ({ ${entries.join(',\n')} });
    const loaded = {};
    export function room(name) {
      if (loaded[name] !== undefined) return loaded[name];
      const known = shared();
      const module = { exports: {} };
      openRoom(name)(module, module.exports, (id) => known[id] ?? require(id));
      loaded[name] = module.exports;
      return module.exports;
    }
  `;
}

function pathOf({ resolveDir, path }) {
  return relative(ROOT, resolve(resolveDir, path));
}

/** Commands are loaded by name, each out of the one room. */
function doorsOfCommands() {
  const file = join(ROOT, 'src/adapters/commands.ts');
  const doors = [...readFileSync(file, 'utf8').matchAll(COMMAND)].map(([, path]) => path);
  return doors.map((path) => relative(ROOT, join(dirname(file), path)));
}
