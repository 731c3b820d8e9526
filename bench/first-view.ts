import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from '@playwright/test'
import { findBrowser } from '../scripts/browser/find-browser.ts'
import { median } from './load.ts'

/**
 * What a first visit costs on a phone: bytes, requests, JavaScript, and when the largest thing is painted.
 * A fresh profile for each view, 412 px, slow 4G (150 ms, 1.6 Mbit/s), CPU × 4. Needs the shop to run (`npm start`).
 */
const { values } = parseArgs({
  options: { shop: { type: 'string', default: 'http://localhost:3000' }, views: { type: 'string', default: '5' } },
})

type Goal = {
  readonly lcpMs: number
  readonly totalKb: number
  readonly requests: number
  readonly scriptKb: number
  readonly htmlKb: number
}
const LIST: Goal = { lcpMs: 550, totalKb: 250, requests: 40, scriptKb: 148, htmlKb: 9 }
const PAGES: readonly { name: string; path: string; goal: Goal }[] = [
  { name: 'home', path: '/en', goal: { ...LIST, htmlKb: Number.POSITIVE_INFINITY } },
  { name: 'category', path: '/en/category/tea', goal: LIST },
  {
    name: 'product',
    path: '/en/product/round-teapot',
    goal: { ...LIST, lcpMs: 750, htmlKb: Number.POSITIVE_INFINITY },
  },
]

async function firstView(browser: Browser, url: string) {
  const context = await browser.newContext({
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 1.75,
    isMobile: true,
    hasTouch: true,
  })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 93_750,
  })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  let requests = 0
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    requests++
    sizes.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
    )
  })
  await page.addInitScript(() => {
    const seen = { lcp: 0, what: '', cls: 0 }
    Object.assign(globalThis, { seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { element?: Element })[]) {
        seen.lcp = entry.startTime
        seen.what = `${entry.element?.tagName.toLowerCase()} ${entry.element?.className}`.slice(0, 40)
      }
    }).observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) seen.cls += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const seen = await page.evaluate(
    () => (globalThis as unknown as { seen: { lcp: number; what: string; cls: number } }).seen,
  )
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await context.close()
  return { ...seen, bytes, requests }
}

/** The scripts that the page names, without the `noModule` polyfill that no browser of today loads; gzip bytes. */
async function documentSizes(url: string) {
  const html = await (await fetch(url)).text()
  const scripts = [...html.matchAll(/<script[^>]*\bsrc="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, src]) => src ?? '')
  let scriptBytes = 0
  for (const src of new Set(scripts))
    scriptBytes += gzipSync(Buffer.from(await (await fetch(new URL(src, url))).arrayBuffer())).length
  return { htmlBytes: gzipSync(html).length, scriptBytes }
}

const kb = (bytes: number) => Math.round(bytes / 102.4) / 10
const { executablePath, args } = await findBrowser()
const browser = await chromium.launch({ executablePath, args: [...args] })
let missed = 0
const rows = []
for (const { name, path, goal } of PAGES) {
  const url = new URL(path, values.shop).href
  await firstView(browser, url) // the optimiser makes each picture once
  const views = []
  for (let view = 0; view < Number(values.views); view++) views.push(await firstView(browser, url))
  const { htmlBytes, scriptBytes } = await documentSizes(url)
  const row = {
    lcpMs: Math.round(median(views.map(({ lcp }) => lcp))),
    cls: median(views.map(({ cls }) => cls)),
    totalKb: kb(median(views.map(({ bytes }) => bytes))),
    requests: median(views.map(({ requests }) => requests)),
    scriptKb: kb(scriptBytes),
    htmlKb: kb(htmlBytes),
  }
  const good = row.cls === 0 && (Object.keys(goal) as (keyof Goal)[]).every((figure) => row[figure] <= goal[figure])
  if (!good) missed++
  rows.push({ page: name, ...row, 'largest is': views[0]?.what, goal: good ? 'met' : 'MISSED' })
}
await browser.close()
console.table(rows)
process.exitCode = missed ? 1 : 0
