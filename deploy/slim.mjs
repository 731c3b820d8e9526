// Leaves in an installation what the container reads, and nothing else: slim.mjs FOLDER, a built project with all its
// packages. What the web process reads Next has written down beside the build; what worker and commands read is found in
// the same way, with Next's own tracer. The embedded PostgreSQL, compilers, types, maps and tests have no work there.
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(process.argv[2] ?? '.')
const require = createRequire(join(root, 'package.json'))
const { nodeFileTrace } = require('next/dist/compiled/@vercel/nft')
const { transformSync } = createRequire(require.resolve('tsx'))('esbuild')

/** What runs with the condition `react-server`: the worker, and what an operator runs in the container. */
const OURS = [
  'lib/jobs/worker.ts',
  'db/migrate.ts',
  ...[
    'backup',
    'restore',
    'archive',
    'archive-verify',
    'drill',
    'audit-money',
    'payments-check',
    'refund',
    'reconcile',
  ],
  ...['make-owner', 'reseal', 'rebuild-figures'],
].map((entry) => (entry.includes('/') ? entry : `scripts/${entry}.ts`))
/** What runs without: the thread in which mails are drawn, and the server of Next. */
const OTHERS = ['lib/mail/render-thread.tsx', 'node_modules/next/dist/server/lib/start-server.js']
/** What the server of Next names and a built one never opens. */
const NEVER = [
  '**/next/dist/build/{webpack,swc,babel,turbopack*}/**',
  '**/next/dist/compiled/{webpack,babel,babel-packages,jest-worker,terser,@babel,react-dom-experimental,cssnano-simple}/**',
  '**/next/dist/server/{dev,lib/router-utils/setup-dev-bundler*}/**',
  '**/next/dist/server/lib/router-utils/setup-dev-bundler*',
  '**/next/dist/compiled/next-server/*.dev.js',
  '**/next/dist/docs/**',
  '**/*.map',
  '**/*.d.ts',
]
/** Read by a name that is put together when it is needed. */
const FONT = join(root, 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular/')

const trace = (entries, conditions) =>
  nodeFileTrace(
    entries.map((entry) => join(root, entry)),
    {
      base: root,
      conditions,
      ignore: NEVER,
      readFile: (file) => {
        if (!existsSync(file)) return null
        const text = readFileSync(file)
        const loader = /\.(tsx?)$/.exec(file)?.[1]
        return loader ? transformSync(text.toString(), { loader, format: 'esm' }).code : text
      },
    },
  )
const [ours, others] = [await trace(OURS, ['react-server', 'node']), await trace(OTHERS, ['node'])]

const kept = new Set([...ours.fileList, ...others.fileList].map((file) => join(root, file)))
for (const list of globSync(join(root, '.next/{*.nft.json,server/**/*.nft.json}')))
  for (const file of JSON.parse(readFileSync(list, 'utf8')).files) kept.add(resolve(dirname(list), file))
/** The folder of the package that a file belongs to. */
const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]
const keptPackages = new Set([...kept].map(packageOf))
const isKept = (file) =>
  kept.has(file) ||
  (/\/package\.json$|licen[sc]e/i.test(file) && keptPackages.has(packageOf(file))) ||
  file.startsWith(FONT)

/** Deletes what is not kept, and folders that are empty then. @returns true when nothing is left of it. */
function sweep(folder) {
  let isEmpty = true
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() ? sweep(path) : !isKept(path)) {
      if (!entry.isDirectory()) rmSync(path)
    } else isEmpty = false
  }
  if (isEmpty) rmdirSync(folder)
  return isEmpty
}
/** Mails are written in JSX, which Node does not read: they become JavaScript here, so that no compiler is taken along. */
function drawOutJsx() {
  for (const file of globSync(join(root, '{lib,components}/**/*.tsx'))) {
    if (!kept.has(file)) continue
    const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'tsx', format: 'esm', jsx: 'automatic' })
    rmSync(file)
    writeFileSync(file, code)
  }
  const shim = join(root, 'node_modules/tsx')
  mkdirSync(shim, { recursive: true })
  writeFileSync(join(shim, 'package.json'), '{ "name": "tsx", "type": "module", "exports": "./read-tsx.js" }\n')
  writeFileSync(
    join(shim, 'read-tsx.js'),
    `import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.tsx')
      ? { format: 'module', source: readFileSync(new URL(url), 'utf8'), shortCircuit: true }
      : next(url, context),
})
`,
  )
}

sweep(join(root, 'node_modules'))
drawOutJsx()
for (const part of ['cache', 'trace', 'trace-build', 'diagnostics', 'types', 'turbopack', 'built-from.json'])
  rmSync(join(root, '.next', part), { recursive: true, force: true })
for (const list of globSync(join(root, '.next/**/{*.nft.json,*.map}'))) rmSync(list)
for (const file of globSync(join(root, '{db,lib,scripts}/**/{*.test.ts,*.test.tsx,testing,*_snapshot.json}')))
  rmSync(file, { recursive: true })
console.log(`${relative(process.cwd(), root) || '.'}: ${kept.size} files of packages and ours are read`)
