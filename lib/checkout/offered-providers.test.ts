import { expect, test } from 'vitest'
import type { ProviderName, Scene } from '#lib/payments/port.ts'
import { providersFor } from './offered-providers.ts'

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1'
const set = (scenes: Partial<Record<ProviderName, Scene['kind'][]>>) =>
  new Map(Object.entries(scenes).map(([name, offered]) => [name as ProviderName, { scenes: offered }]))

const table: [name: string, headers: Record<string, string>, providers: ReturnType<typeof set>, names: string[]][] = [
  ['a computer', { 'user-agent': CHROME }, set({ alipay: ['page'], wechatpay: ['h5'] }), ['alipay']],
  ['a phone by its name', { 'user-agent': IPHONE }, set({ alipay: ['page'], wechatpay: ['h5'] }), ['wechatpay']],
  ['a phone that says so', { 'sec-ch-ua-mobile': '?1' }, set({ alipay: ['wap'], wechatpay: ['qr'] }), ['alipay']],
  [
    'a hint before a name',
    { 'sec-ch-ua-mobile': '?0', 'user-agent': IPHONE },
    set({ wechatpay: ['qr'] }),
    ['wechatpay'],
  ],
  ['a phone where only a code is offered', { 'user-agent': IPHONE }, set({ wechatpay: ['qr'] }), ['wechatpay']],
  ['a browser without a name', {}, set({ alipay: ['page'], unionpay: ['form'] }), ['alipay', 'unionpay']],
  ['a shop without a provider', { 'user-agent': CHROME }, set({}), []],
]
test.each(table)('%s', (_name, headers, providers, names) => {
  expect(providersFor(new Headers(headers), providers)).toEqual(names)
})
