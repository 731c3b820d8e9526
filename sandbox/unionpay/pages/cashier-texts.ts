import type { Language } from '../../cashier/language.ts'
import type { CardFate } from '../test-cards.ts'

interface Texts {
  readonly title: string
  readonly payTo: string
  readonly merchant: string
  readonly merchantName: string
  readonly item: string
  readonly orderNumber: string
  readonly payBefore: string
  readonly beijingTime: string
  readonly card: string
  readonly phone: string
  readonly code: string
  readonly pay: string
  readonly back: string
  readonly toShop: string
  readonly lookAgain: string
  readonly testCards: string
  readonly testCardsSay: string
  readonly fates: Readonly<Record<CardFate, string>>
  /** By what the bank answered. */
  readonly refusals: Readonly<Record<'61' | '64' | '66' | '71', string>>
  readonly refused: string
  readonly paid: string
  readonly returning: string
  readonly pending: string
  readonly failed: string
  readonly expired: string
  readonly unknownTitle: string
  readonly unknown: string
  readonly problemTitle: string
}

const en: Texts = {
  title: 'Pay by UnionPay card',
  payTo: 'You pay',
  merchant: 'To',
  merchantName: 'Demo merchant',
  item: 'For',
  orderNumber: 'Order',
  payBefore: 'Pay before',
  beijingTime: 'Beijing time',
  card: 'Card number',
  phone: 'Mobile number',
  code: 'Code by SMS',
  pay: 'Pay',
  back: 'Back to the shop',
  toShop: 'Return to the shop',
  lookAgain: 'Look again',
  testCards: 'Test cards',
  testCardsSay: 'Any Chinese mobile number will do, and the code is always 111111.',
  fates: {
    pays: 'pays',
    refuses: 'has no money left',
    ask_again: 'asks for the code a second time',
    slow: 'answers a minute later',
  },
  refusals: {
    '61': 'This is not a card that the sandbox knows. Nothing was taken. Check the number.',
    '64': 'The bank refused the card: its balance is too low. Nothing was taken. You can try another card.',
    '66': 'The bank does not know this mobile number. Nothing was taken. Check it and try again.',
    '71': 'The code was not right. Nothing was taken. Enter it once more.',
  },
  refused: 'The bank refused this payment. Nothing was taken. You can try again.',
  paid: 'Paid',
  returning: 'You are being taken back to the shop.',
  pending: 'Your bank has not answered yet. Do not pay a second time: the shop will hear of it.',
  failed: 'This payment failed. Nothing was taken.',
  expired: 'The time to pay this order is over. Nothing was taken.',
  unknownTitle: 'This payment page does not exist',
  unknown: 'The link is wrong, or it belongs to another sandbox.',
  problemTitle: 'The cashier cannot open this order',
}

const fr: Texts = {
  title: 'Payer par carte UnionPay',
  payTo: 'À payer',
  merchant: 'À',
  merchantName: 'Marchand de démonstration',
  item: 'Pour',
  orderNumber: 'Commande',
  payBefore: 'À payer avant le',
  beijingTime: '(heure de Pékin)',
  card: 'Numéro de carte',
  phone: 'Numéro de mobile',
  code: 'Code reçu par SMS',
  pay: 'Payer',
  back: 'Retour à la boutique',
  toShop: 'Retourner à la boutique',
  lookAgain: 'Actualiser',
  testCards: 'Cartes de test',
  testCardsSay: 'Tout numéro de mobile chinois convient, et le code est toujours 111111.',
  fates: {
    pays: 'paie',
    refuses: 'n’a plus de provision',
    ask_again: 'demande le code une seconde fois',
    slow: 'répond une minute plus tard',
  },
  refusals: {
    '61': 'Le bac à sable ne connaît pas cette carte. Rien n’a été débité. Vérifiez le numéro.',
    '64': 'La banque a refusé la carte : provision insuffisante. Rien n’a été débité. Vous pouvez essayer une autre carte.',
    '66': 'La banque ne connaît pas ce numéro de mobile. Rien n’a été débité. Vérifiez-le et réessayez.',
    '71': 'Le code n’était pas bon. Rien n’a été débité. Saisissez-le encore une fois.',
  },
  refused: 'La banque a refusé ce paiement. Rien n’a été débité. Vous pouvez réessayer.',
  paid: 'Payé',
  returning: 'Vous retournez à la boutique.',
  pending: 'Votre banque n’a pas encore répondu. Ne payez pas une seconde fois : la boutique sera prévenue.',
  failed: 'Ce paiement a échoué. Rien n’a été débité.',
  expired: 'Le délai de paiement de cette commande est écoulé. Rien n’a été débité.',
  unknownTitle: 'Cette page de paiement n’existe pas',
  unknown: 'Le lien est faux, ou vient d’un autre bac à sable.',
  problemTitle: 'La caisse ne peut pas ouvrir cette commande',
}

const zh: Texts = {
  title: '银联卡付款',
  payTo: '付款金额',
  merchant: '收款方',
  merchantName: '演示商户',
  item: '商品',
  orderNumber: '订单号',
  payBefore: '付款截止',
  beijingTime: '北京时间',
  card: '卡号',
  phone: '手机号',
  code: '短信验证码',
  pay: '确认付款',
  back: '返回商家',
  toShop: '返回商家',
  lookAgain: '刷新结果',
  testCards: '测试卡',
  testCardsSay: '手机号可任填，短信验证码均为 111111。',
  fates: {
    pays: '付款成功',
    refuses: '余额不足',
    ask_again: '需再次输入验证码',
    slow: '一分钟后返回结果',
  },
  refusals: {
    '61': '沙箱不认识该卡号，未扣款。请检查卡号。',
    '64': '付款失败：卡内余额不足，未扣款。您可以换一张卡再试。',
    '66': '手机号验证失败，未扣款。请检查后重试。',
    '71': '验证码不正确，未扣款。请重新输入。',
  },
  refused: '付款失败：银行拒绝了本次交易，未扣款。您可以重新付款。',
  paid: '付款成功',
  returning: '正在返回商家页面。',
  pending: '银行尚未返回结果，请勿重复付款，结果将通知商家。',
  failed: '付款失败，未扣款。',
  expired: '订单已过付款时间，未扣款。',
  unknownTitle: '付款页面不存在',
  unknown: '链接有误，或来自另一个沙箱。',
  problemTitle: '收银台无法打开该订单',
}

export const CASHIER_TEXTS: Readonly<Record<Language, Texts>> = { en, fr, zh }
