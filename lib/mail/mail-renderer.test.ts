import { afterAll, expect, test } from 'vitest'
import { LOCALES, type Locale } from '../domain/locale.ts'
import { toFen } from '../domain/money.ts'
import { startMailRenderer } from './mail-renderer.ts'
import {
  isParcelMail,
  isRefundMail,
  isRequestMail,
  ORDER_MAIL_KINDS,
  type OrderMail,
  type OrderMailKind,
  topicOfMail,
} from './order-mail.ts'

const renderer = startMailRenderer()
afterAll(renderer.stop)

const mail = (kind: OrderMailKind, locale: Locale): OrderMail => ({
  kind,
  locale,
  order: {
    number: '261121K7M4Q2XR9T',
    url: 'https://shop.example/en/order/261121K7M4Q2XR9T?key=secret',
    payBefore: new Date('2026-11-21T16:30:00Z'),
    lines: [{ name: 'Round teapot <b>&', option: 'Celadon', quantity: 2, total: toFen(93_600n) }],
    discount: toFen(0n),
    couponCode: null,
    subtotal: toFen(93_600n),
    shipping: toFen(0n),
    total: toFen(93_600n),
    address: ['Li Wei', '1 Jingdong Road', '200002 Shanghai'],
  },
  refund: isRefundMail(kind)
    ? { refundNo: '261121K7M4Q2XR9T01R01', amount: toFen(1_234n), provider: 'unionpay', cause: 'surplus' }
    : null,
  parcel: isParcelMail(kind)
    ? {
        sequence: 1,
        carrier: 'sf',
        trackingNumber: 'SF1234567890123',
        url: 'https://carrier.example/SF1234567890123',
        moreToCome: true,
      }
    : null,
  request: isRequestMail(kind) ? { kind: 'return', amount: toFen(1_234n), answer: 'Please send it to <us>.' } : null,
  shop: { name: 'Kiln & Co', email: 'hello@kiln.example', phone: '', address: '1 Teapot Lane' },
  choicesUrl: topicOfMail(kind) ? 'https://shop.example/en/messages/token' : null,
})

test.each(ORDER_MAIL_KINDS.flatMap((kind) => LOCALES.map((locale) => [kind, locale] as const)))(
  '%s in %s names the order, its pieces and its link, in HTML and in plain text',
  async (kind, locale) => {
    const rendered = await renderer.render(mail(kind, locale))
    expect(rendered.subject).toContain('261121K7M4Q2XR9T')
    for (const body of [rendered.html, rendered.text]) {
      expect(body).toContain('261121K7M4Q2XR9T')
      expect(body).toContain('936')
      expect(body).toContain('https://shop.example/en/order/261121K7M4Q2XR9T?key=secret')
    }
    expect(rendered.html).toContain(`lang="${locale === 'zh' ? 'zh-Hans' : locale}"`)
    expect(rendered.html).toContain('Round teapot &lt;b&gt;&amp;')
    if (isRefundMail(kind)) expect(rendered.text).toMatch(/261121K7M4Q2XR9T01R01[\s\S]*12[.,]34/)
    if (isParcelMail(kind)) expect(rendered.text).toMatch(/SF1234567890123[\s\S]*carrier\.example/)
    if (isRequestMail(kind)) expect(rendered.html).toContain('Please send it to &lt;us&gt;.')
    expect(rendered.text.includes('/en/messages/token')).toBe(topicOfMail(kind) !== null)
    expect(rendered.html).not.toMatch(/(order|refund|parcel|request)_[a-z]+/)
    expect(rendered.html).not.toMatch(/[{}]/)
  },
  20_000,
)

test('the deadline is told in the time of the shop, past midnight in Shanghai', async () => {
  const { text } = await renderer.render(mail('order_placed', 'en'))
  expect(text).toContain('November 22, 2026 at 12:30')
})
