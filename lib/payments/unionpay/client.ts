import type { KeyObject } from 'node:crypto'
import type { SignerTrust } from './signer-trust.ts'

/** Who we are at UnionPay, whose signatures we believe, and where notifications go. */
export type UnionpayClient = {
  /** Without a path or a slash at the end; the paths are the protocol's. */
  readonly gatewayUrl: string
  /** Settlement files come from a server of their own. */
  readonly fileUrl: string
  readonly merId: string
  readonly privateKey: KeyObject
  /** The serial number of our certificate, in decimal. */
  readonly certId: string
  readonly trust: SignerTrust
  readonly notifyUrl: string
  readonly clock: () => Date
  /** For one call, repeats included. */
  readonly budgetMs: number
}
