import { downloadFile } from './methods/download-file.ts'
import { queryTransaction } from './methods/query-transaction.ts'
import { cancelPayment, refundPayment } from './methods/return-money.ts'
import { tellCertificate } from './methods/tell-certificate.ts'
import type { ReadRequest } from './read-request.ts'
import type { Outcome } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'

/** The addresses of the gateway, without its host. The file server has a host of its own in reality. */
export const PATHS = {
  front: '/gateway/api/frontTransReq.do',
  back: '/gateway/api/backTransReq.do',
  query: '/gateway/api/queryTrans.do',
  file: '/filedownload/',
} as const
export type Door = keyof typeof PATHS

interface ServerMethod {
  readonly name: string
  readonly door: Door
  readonly txnType: string
  readonly run: (room: UnionpayRoom, request: ReadRequest) => Outcome | Promise<Outcome>
}

/** Brought by the buyer's browser, answered with the cashier. */
export const PAY = { name: 'pay', door: 'front', txnType: '01' } as const

/** Asked by the merchant's server, answered with a signed line. */
const SERVER_METHODS: readonly ServerMethod[] = [
  { name: 'query', door: 'query', txnType: '00', run: queryTransaction },
  { name: 'refund', door: 'back', txnType: '04', run: refundPayment },
  { name: 'cancel', door: 'back', txnType: '31', run: cancelPayment },
  { name: 'certificate', door: 'back', txnType: '95', run: tellCertificate },
  { name: 'file', door: 'file', txnType: '76', run: downloadFile },
]

export const METHOD_NAMES: readonly string[] = [PAY.name, ...SERVER_METHODS.map(({ name }) => name)]

export const doorOf = (path: string): Door | null =>
  (Object.keys(PATHS) as Door[]).find((door) => PATHS[door] === path) ?? null

/** A type that is right for another address is unknown here. */
export const findMethod = (door: Door, txnType: string | undefined): ServerMethod | null =>
  SERVER_METHODS.find((method) => method.door === door && method.txnType === txnType) ?? null
