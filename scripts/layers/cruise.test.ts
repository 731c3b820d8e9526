import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cruiseImports } from './cruise.ts'

/** One breach of each rule, planted in a tree that has the shop's rooms. */
const planted: [rule: string, from: string, to: string][] = [
  ['domain-is-pure', 'lib/domain/breach.ts', 'db/client.ts'],
  ['payments-know-no-shop', 'lib/payments/registry.ts', 'db/client.ts'],
  ['providers-know-no-other-provider', 'lib/payments/alipay/breach.ts', 'lib/payments/wechatpay/sign.ts'],
  ['db-knows-no-pages', 'db/orders/breach.ts', 'app/page.ts'],
  ['jobs-know-no-pages', 'lib/jobs/breach.ts', 'components/button.ts'],
  ['components-are-props-in-markup-out', 'components/breach.ts', 'db/client.ts'],
  ['pages-speak-no-sql', 'app/breach.ts', 'db/orders/schema.ts'],
  ['sandbox-stands-alone', 'sandbox/breach.ts', 'lib/domain/money.ts'],
  ['shop-never-imports-sandbox', 'lib/shop-breach.ts', 'sandbox/book.ts'],
  ['nothing-imports-tests-or-benches', 'lib/bench-breach.ts', 'bench/pages.ts'],
  ['no-unresolvable', 'lib/lost.ts', 'lib/nowhere.ts'],
]

const root = mkdtempSync(join(tmpdir(), 'comptoir-layers-'))
afterAll(() => rmSync(root, { recursive: true }))

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('a planted breach of each rule is found, and nothing else', async () => {
  for (const [rule, , to] of planted) if (rule !== 'no-unresolvable') write(to, 'export const x = 1\n')
  for (const [, from, to] of planted) {
    const up = '../'.repeat(from.split('/').length - 1) || './'
    write(from, `import { x } from '${up}${to}'\nexport const y = x\n`)
  }
  const { modules, breaches } = await cruiseImports(root, ['app', 'components', 'db', 'lib', 'sandbox', 'bench'])

  expect(modules).toBeGreaterThan(planted.length)
  expect(breaches.map((breach) => breach.split(':')[0]).sort()).toEqual(planted.map(([rule]) => rule).sort())
}, 30_000)
