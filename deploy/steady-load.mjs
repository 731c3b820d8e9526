// Asks a shop for what shoppers and providers ask, a bounded number of times a second, until it is told to stop
// (SIGTERM); then says how many requests failed and exits with 1 if one did: steady-load.mjs URL [TIMES-A-SECOND]
const [shop, each = '20'] = process.argv.slice(2)
const page = await (await fetch(`${shop}/en`)).text()
const product = /href="(\/en\/product\/[^"]+)"/.exec(page)?.[1]
const scripts = [...page.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(([, path]) => path)
const form = { method: 'POST', redirect: 'manual', headers: { origin: shop, 'sec-fetch-site': 'same-origin' } }
const asks = [
  ['a page', '/en', {}, [200]],
  ['a piece', product, {}, [200]],
  ['a search', '/en/search?q=tea', {}, [200]],
  ['a form', '/en/account/sign-in', {}, [200]],
  ['the cart', '/api/cart?locale=en', {}, [200]],
  ['an old script', null, {}, [200]],
  ['a post', '/api/cart', { ...form, body: new URLSearchParams({ nonsense: '1' }) }, [303, 400, 422]],
  [
    'a forged notification',
    '/api/notify/alipay',
    { method: 'POST', body: new URLSearchParams({ a: '1' }) },
    [400, 401, 403],
  ],
]
const counts = new Map(asks.map(([what]) => [what, 0]))
const failures = []
let slowestMs = 0
let asked = 0
const underWay = new Set()

async function ask([what, path, init, expected]) {
  const began = performance.now()
  const target = path ?? scripts[asked % scripts.length]
  try {
    const answer = await fetch(shop + target, { ...init, signal: AbortSignal.timeout(15_000) })
    await answer.arrayBuffer()
    if (!expected.includes(answer.status)) failures.push(`${what} (${target}): ${answer.status}`)
  } catch (error) {
    failures.push(`${what} (${target}): ${error.cause?.code ?? error.message}`)
  }
  counts.set(what, counts.get(what) + 1)
  slowestMs = Math.max(slowestMs, performance.now() - began)
}

const timer = setInterval(() => {
  const one = ask(asks[asked++ % asks.length]).finally(() => underWay.delete(one))
  underWay.add(one)
}, 1_000 / Number(each))
console.log('asking')
process.once('SIGTERM', async () => {
  clearInterval(timer)
  await Promise.all(underWay)
  const kinds = [...counts].map(([what, times]) => `${what} ${times}`).join(', ')
  console.log(`${asked} requests (${kinds}), slowest ${slowestMs.toFixed(0)} ms: ${failures.length} failed`)
  for (const failure of failures.slice(0, 20)) console.log(`  ${failure}`)
  process.exit(failures.length > 0 ? 1 : 0)
})
