import { byNobody, bySimulator, byTest, type Guard } from './guard.ts'

const ALIPAY = 'lib/payments/alipay/verify-message.ts'
const WECHAT = 'lib/payments/wechatpay/verify-message.ts'

/** Between a message and our belief in it. */
export const MESSAGE_GUARDS: readonly Guard[] = [
  {
    name: 'alipay-signature',
    against: 'Anybody can say that an order is paid.',
    patch: { file: ALIPAY, from: 'if (!signatureHolds(', to: 'if (false && !signatureHolds(' },
    found: bySimulator,
  },
  {
    name: 'alipay-application',
    against: 'A genuine message for another shop is believed.',
    patch: { file: ALIPAY, from: "if (text.get('app_id') !== client.access.appId)", to: 'if (false)' },
    found: bySimulator,
  },
  {
    name: 'alipay-seller',
    against: 'Money that went to another account counts as ours.',
    patch: { file: ALIPAY, from: "if (text.get('seller_id') !== client.sellerId)", to: 'if (false)' },
    found: bySimulator,
  },
  {
    name: 'alipay-answer-signature',
    against: 'Anybody on the line can say that a trade is paid.',
    patch: {
      file: 'lib/payments/alipay/read-answer.ts',
      from: 'if (!raw.sign) return false',
      to: 'if (!raw.sign) return true',
    },
    found: byTest('unit', 'lib/payments/alipay/gateway.test.ts'),
  },
  {
    name: 'wechatpay-signature',
    against: 'Anybody can say that an order is paid.',
    patch: {
      file: WECHAT,
      from: 'return signatureHolds(messageBytes({ timestamp, nonce, body }), signature, key.value)',
      to: 'return true',
    },
    found: bySimulator,
  },
  {
    name: 'wechatpay-probe',
    against: 'WeChat Pay’s test whether anybody looks at signatures is not passed.',
    patch: { file: WECHAT, from: 'if (signature.startsWith(PROBE))', to: 'if (false)' },
    found: byNobody('The signature of a probe holds under no key either; the word only keeps it out of the alarms.'),
  },
  {
    name: 'unionpay-signature',
    against: 'Anybody can say that an order is paid.',
    patch: {
      file: 'lib/payments/unionpay/verify-message.ts',
      from: 'return digestSignatureHolds(signedText(fields), signature, key.value)',
      to: 'return true',
    },
    found: bySimulator,
  },
  {
    name: 'unionpay-merchant',
    against: 'A genuine message for another shop is believed.',
    patch: { file: 'lib/payments/unionpay/notification.ts', from: 'if (merId !== client.merId)', to: 'if (false)' },
    found: bySimulator,
  },
  {
    name: 'taken-is-said-after-the-effect',
    against: 'A crash in between loses a payment’s notice for good.',
    patch: {
      file: 'lib/checkout/receive-notification.ts',
      from: "return provider.acknowledge('retry')",
      to: "return provider.acknowledge('accepted')",
    },
    found: byTest('db', 'lib/checkout/close-and-notify.db.test.ts'),
  },
]
