import forge from 'node-forge'

/** A PKCS#12 file as authorities hand it out: with the old ciphers, the leaf before its chain. */
export function packPfx(privateKeyPem: string, certificatePems: readonly string[], password: string): Buffer {
  const privateKey = forge.pki.privateKeyFromPem(privateKeyPem)
  const certificates = certificatePems.map((pem) => forge.pki.certificateFromPem(pem))
  const packed = forge.pkcs12.toPkcs12Asn1(privateKey, certificates, password, {
    algorithm: '3des',
    generateLocalKeyId: true,
  })
  return Buffer.from(forge.asn1.toDer(packed).getBytes(), 'latin1')
}
