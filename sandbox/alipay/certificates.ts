import { createHash, X509Certificate } from 'node:crypto'

/** MD5 over issuer (most specific first, commas without blanks) and decimal serial: what the protocol calls a certificate's SN. */
export function certificateSn(pem: string): string {
  const certificate = new X509Certificate(pem)
  const issuer = certificate.issuer.split('\n').reverse().join(',')
  return createHash('md5')
    .update(issuer + BigInt(`0x${certificate.serialNumber}`).toString())
    .digest('hex')
}

/** The SN of a root file: those of its RSA certificates, in file order, joined by `_`. */
export function rootFileSn(pemFile: string): string {
  return splitPem(pemFile)
    .filter((pem) => new X509Certificate(pem).publicKey.asymmetricKeyType === 'rsa')
    .map(certificateSn)
    .join('_')
}

export function splitPem(pemFile: string): string[] {
  return pemFile.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
}
