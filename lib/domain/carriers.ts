import type { Locale } from './locale.ts'

type Carrier = {
  readonly name: Readonly<Record<Locale, string>>
  /** Where everybody can see where a parcel is; `{number}` stands for its tracking number. */
  readonly track: string
  /** What its numbers begin with or look like, where that tells it from the others. */
  readonly looks: RegExp | null
  /** Days after which a parcel that nobody spoke of again is taken as delivered. */
  readonly presumedDays: number
}

const same = (name: string) => ({ en: name, fr: name, zh: name })
const kuaidi = (company: string) => `https://www.kuaidi100.com/chaxun?com=${company}&nu={number}`

/**
 * Who brings our parcels. The Chinese carriers have no address of their own that leads to one parcel and lasts;
 * Kuaidi100 shows all of them. A carrier is a row here.
 */
export const CARRIERS = {
  sf: {
    name: { en: 'SF Express', fr: 'SF Express', zh: '顺丰速运' },
    track: kuaidi('shunfeng'),
    looks: /^SF\d{12,15}$/,
    presumedDays: 10,
  },
  zto: { name: { en: 'ZTO', fr: 'ZTO', zh: '中通快递' }, track: kuaidi('zhongtong'), looks: null, presumedDays: 10 },
  yto: {
    name: { en: 'YTO', fr: 'YTO', zh: '圆通速递' },
    track: kuaidi('yuantong'),
    looks: /^YT\d{13}$/,
    presumedDays: 10,
  },
  yunda: { name: { en: 'Yunda', fr: 'Yunda', zh: '韵达快递' }, track: kuaidi('yunda'), looks: null, presumedDays: 10 },
  sto: { name: { en: 'STO', fr: 'STO', zh: '申通快递' }, track: kuaidi('shentong'), looks: null, presumedDays: 10 },
  ems: {
    name: { en: 'EMS · China Post', fr: 'EMS · Poste chinoise', zh: '中国邮政 EMS' },
    track: kuaidi('ems'),
    looks: /^[A-Z]{2}\d{9}CN$/,
    presumedDays: 15,
  },
  jd: {
    name: { en: 'JD Logistics', fr: 'JD Logistics', zh: '京东物流' },
    track: kuaidi('jd'),
    looks: /^JD[A-Z]{0,2}\d{10,15}$/,
    presumedDays: 10,
  },
  dhl: {
    name: same('DHL'),
    track: 'https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}',
    looks: null,
    presumedDays: 20,
  },
  laposte: {
    name: { en: 'La Poste · Colissimo', fr: 'La Poste · Colissimo', zh: '法国邮政 Colissimo' },
    track: 'https://www.laposte.fr/outils/suivre-vos-envois?code={number}',
    looks: /^([A-Z]{2}\d{9}FR|\d[A-Z]\d{11})$/,
    presumedDays: 20,
  },
  ups: {
    name: same('UPS'),
    track: 'https://www.ups.com/track?tracknum={number}',
    looks: /^1Z[0-9A-Z]{16}$/,
    presumedDays: 20,
  },
  fedex: {
    name: same('FedEx'),
    track: 'https://www.fedex.com/fedextrack/?trknbr={number}',
    looks: null,
    presumedDays: 20,
  },
} as const satisfies Record<string, Carrier>

export type CarrierCode = keyof typeof CARRIERS
export const CARRIER_CODES = Object.keys(CARRIERS) as [CarrierCode, ...CarrierCode[]]

/** @returns an address that shows where the parcel is. */
export const trackingUrl = (carrier: CarrierCode, trackingNumber: string): string =>
  CARRIERS[carrier].track.replace('{number}', encodeURIComponent(trackingNumber))

const SHAPE = /^[0-9A-Z]{6,34}$/

/** What a scanner or a person entered, as a tracking number: any case, blanks and hyphens allowed. Null for what is none. */
export function parseTrackingNumber(typed: string): string | null {
  const text = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return SHAPE.test(text) && /\d/.test(text) ? text : null
}

/** The carrier whose numbers look like this one; null where several could be. */
export const carrierByNumber = (trackingNumber: string): CarrierCode | null =>
  CARRIER_CODES.find((code) => CARRIERS[code].looks?.test(trackingNumber)) ?? null

/** What a person wrote into a file for a carrier: its code or one of its names, in any case. Null for nobody we know. */
export function carrierByName(written: string): CarrierCode | null {
  const text = written.trim().toLowerCase()
  const isMeant = (code: CarrierCode) => {
    const names = Object.values(CARRIERS[code].name).flatMap((name) => [name, ...name.split(' · ')])
    return [code, ...names].some((name) => name.toLowerCase() === text)
  }
  return CARRIER_CODES.find(isMeant) ?? null
}
