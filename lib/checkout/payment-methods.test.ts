import { describe, expect, test } from 'vitest'
import type { PaymentProvider, ProviderName, Scene } from '../payments/port.ts'
import { elsewhere, methodsFor, offeredMethods, sceneOf } from './payment-methods.ts'
import { createFakeGateway } from './testing/fake-gateway.ts'

const COMPUTER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1'
const WECHAT = `${PHONE} MicroMessenger/8.0.50(0x18003237) NetType/WIFI Language/zh_CN`
const WECHAT_ON_WINDOWS = `${COMPUTER} MicroMessenger/7.0.20.1781 WindowsWechat`

const ALL: Partial<Record<ProviderName, Scene['kind'][]>> = {
  alipay: ['page', 'wap', 'qr'],
  wechatpay: ['qr', 'h5', 'jsapi'],
  unionpay: ['form'],
}
const setUp = (scenes: Partial<Record<ProviderName, Scene['kind'][]>>) =>
  new Map(
    Object.entries(scenes).map(([key, offered]) => {
      const name = key as ProviderName
      const provider: PaymentProvider = { ...createFakeGateway().provider, name, scenes: offered }
      return [name, provider] as const
    }),
  )
const browser = (name: string) => new Headers({ 'user-agent': name })

describe('the ways to pay', () => {
  test.each<[string, string, typeof ALL, string[], string[]]>([
    ['on a computer', COMPUTER, ALL, ['alipay_page', 'alipay_qr', 'wechatpay_qr', 'unionpay_form'], []],
    ['on a phone', PHONE, ALL, ['alipay_wap', 'wechatpay_h5', 'unionpay_form'], []],
    ['inside WeChat', WECHAT, ALL, ['wechatpay_jsapi', 'unionpay_form'], ['alipay → phone']],
    ['inside WeChat on a computer', WECHAT_ON_WINDOWS, ALL, ['wechatpay_jsapi', 'unionpay_form'], ['alipay → phone']],
    [
      'inside WeChat without its login',
      WECHAT,
      { ...ALL, wechatpay: ['qr', 'h5'] },
      ['unionpay_form'],
      ['alipay → phone', 'wechatpay → phone'],
    ],
    [
      'on a phone without H5',
      PHONE,
      { alipay: ['wap'], wechatpay: ['qr', 'jsapi'] },
      ['alipay_wap'],
      ['wechatpay → wechat'],
    ],
    ['on a phone, codes only', PHONE, { alipay: ['wap'], wechatpay: ['qr'] }, ['alipay_wap'], ['wechatpay → computer']],
    ['on a phone, nothing but codes', PHONE, { wechatpay: ['qr'] }, ['wechatpay_qr'], []],
    ['on a computer, inside WeChat only', COMPUTER, { wechatpay: ['jsapi'] }, [], ['wechatpay → wechat']],
    ['on a computer, on phones only', COMPUTER, { wechatpay: ['h5'] }, [], ['wechatpay → phone']],
  ])('%s', (_, name, scenes, ids, places) => {
    const providers = setUp(scenes)
    const shown = methodsFor(browser(name), offeredMethods(providers), undefined)
    expect(shown.map(({ id }) => id)).toEqual(ids)
    expect(elsewhere(browser(name), providers, shown).map(({ provider, to }) => `${provider} → ${to}`)).toEqual(places)
  })

  test('begin with those of the provider that was chosen before', () => {
    const shown = methodsFor(browser(COMPUTER), offeredMethods(setUp(ALL)), 'wechatpay')
    expect(shown.map(({ id }) => id)).toEqual(['wechatpay_qr', 'alipay_page', 'alipay_qr', 'unionpay_form'])
  })
})

test('each scene is told what it needs, and JSAPI waits for the login', () => {
  const methods = offeredMethods(setUp(ALL))
  const visit = { quitUrl: 'https://shop.example/', device: 'phone', payerIp: '203.0.113.7', openid: null } as const
  const sceneBy = (id: string, openid: string | null) =>
    methods.filter((method) => method.id === id).map((method) => sceneOf(method, { ...visit, openid }))[0]
  expect(sceneBy('wechatpay_h5', null)).toEqual({ kind: 'h5', payerIp: '203.0.113.7' })
  expect(sceneBy('wechatpay_jsapi', null)).toBeNull()
  expect(sceneBy('wechatpay_jsapi', 'o-123')).toEqual({ kind: 'jsapi', openid: 'o-123' })
  expect(sceneBy('alipay_wap', null)).toEqual({ kind: 'wap', quitUrl: 'https://shop.example/' })
  expect(sceneBy('unionpay_form', null)).toEqual({ kind: 'form', device: 'phone' })
})
