import { type KeyObject, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { err, ok, type Result } from '../../result.ts'
import { readCertificates } from '../certificates.ts'
import { keysPair, readPrivateKey } from '../rsa-keys.ts'

/** The key that we sign with, and the certificate by which UnionPay knows it. */
export type MerchantKey = { readonly privateKey: KeyObject; readonly certificate: X509Certificate }
type BadKey = { readonly code: 'bad_key'; readonly reason: string }

const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids
const BY_HAND = 'openssl pkcs12 -legacy -nodes -in key.pfx makes a PEM of it'
const refuse = (reason: string) => err({ code: 'bad_key', reason })

/** `certId`: the serial number in decimal, where certificates are shown in hex. */
export const certIdOf = (certificate: X509Certificate): string => BigInt(`0x${certificate.serialNumber}`).toString()

/**
 * Opens the `.pfx` that UnionPay hands out. Node reads no keys from PKCS#12, and its TLS refuses the old ciphers of
 * these files (RC2 and 3DES under SHA-1), so a library does.
 */
export function openPfx(pfx: Uint8Array, password: string): Result<MerchantKey, BadKey> {
  let bags: ReturnType<typeof readBags>
  try {
    bags = readBags(pfx, password)
  } catch {
    return refuse(`it does not open: the password is wrong or the file is damaged (${BY_HAND})`)
  }
  if (!bags.key) return refuse(`it holds no private key of RSA (${BY_HAND})`)
  const key = readPrivateKey(bags.key)
  return key.ok ? matchCertificate(key.value, bags.certificates) : key
}

const ARMOURED_KEY = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/

/** The same from a key and a certificate in PEM, which may be one file, as openssl writes it. */
export function pairPem(key: string, certificates: string): Result<MerchantKey, BadKey> {
  const read = readPrivateKey(ARMOURED_KEY.exec(key)?.[0] ?? key)
  return read.ok ? matchCertificate(read.value, readCertificates(certificates) ?? []) : read
}

function readBags(pfx: Uint8Array, password: string) {
  const der = forge.asn1.fromDer(Buffer.from(pfx).toString('latin1'))
  const file = forge.pkcs12.pkcs12FromAsn1(der, password)
  const bagsOf = (type = '') => file.getBags({ bagType: type })[type] ?? []
  const [first] = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)]
  return {
    key: first?.key ? forge.pki.privateKeyToPem(first.key) : null,
    certificates: bagsOf(certBag)
      .map(({ cert }) => cert && new X509Certificate(forge.pki.certificateToPem(cert)))
      .filter((certificate) => certificate !== undefined),
  }
}

/** The file has the authorities' certificates as well: ours is the one that belongs to the key. */
function matchCertificate(
  privateKey: KeyObject,
  certificates: readonly X509Certificate[],
): Result<MerchantKey, BadKey> {
  const certificate = certificates.find(({ publicKey }) => keysPair(privateKey, publicKey))
  return certificate ? ok({ privateKey, certificate }) : refuse('no certificate belongs to the private key')
}
