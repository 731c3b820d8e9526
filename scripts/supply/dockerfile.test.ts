import { existsSync, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const project = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(resolve(project, file), 'utf8')
const lines = read('deploy/Dockerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')))
const all = (stage: readonly string[], word: string) => stage.filter((line) => line.startsWith(`${word} `))

test('what runs is nobody of power, by a number that needs no list of users', () => {
  const [user] = all(lastStage, 'USER').map((line) => /^USER (\d+):(\d+)$/.exec(line))
  expect(Number(user?.[1])).toBeGreaterThan(1_000)
  expect(Number(user?.[2])).toBeGreaterThan(1_000)
  expect(lastStage.indexOf(user?.[0] ?? '')).toBeGreaterThan(lastStage.findLastIndex((line) => line.startsWith('COPY')))
})

test('the last stage has neither programs of a system nor an installation', () => {
  expect(lastStage[0]).toBe('FROM scratch')
  expect(all(lastStage, 'RUN')).toEqual([])
})

test('whatever is copied is there, and what it imports is copied as well', () => {
  const made = ['node_modules', '.next']
  const copied = all(lines, 'COPY').flatMap((line) => {
    const sources = line.split(' ').slice(1, -1)
    return sources.filter((source) => !source.startsWith('--')).map((source) => source.replace('/srv/comptoir/', ''))
  })
  const ours = copied.filter((path) => !path.startsWith('/') && !made.includes(path) && path !== '.')
  expect(ours).toEqual(expect.arrayContaining(['package.json', 'patches', 'db', 'lib', 'public', 'deploy/web.mjs']))
  for (const path of ours) expect(existsSync(resolve(project, path)), path).toBe(true)
  const strays = globSync('{db,lib}/**/*.{ts,tsx}', { cwd: project })
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .filter((file) => /from '#(?:app|components)\//.test(read(file)))
  expect(strays).toEqual([])
})

test('the patched driver is what is installed: with its patches, and with scripts', () => {
  const install = lines.findIndex((line) => line.includes('npm ci'))
  expect(lines.indexOf('COPY patches patches')).toBeLessThan(install)
  expect(lines[install]).not.toContain('--ignore-scripts')
})

test('no secret is in a layer: none is an argument or a variable, and none lies in what is sent to the builder', () => {
  const named = [...all(lines, 'ARG'), ...all(lines, 'ENV')].join(' ')
  expect(named).not.toMatch(/SECRET|PASSWORD|TOKEN|_KEY/)
  const ignored = read('.dockerignore').split('\n')
  expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', '.data', '*.pem', '*.pfx']))
})
