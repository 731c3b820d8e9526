import { toBytes, toText } from './passkey-bytes.ts'

/** For whom a passkey is made. @property account bytes in base64url that name the account and nobody. */
export type PasskeyWish = {
  readonly challenge: string
  readonly account: string
  readonly email: string
  readonly ids: readonly string[]
}

const ES256 = -7
const RS256 = -257

/** Has the device make a passkey. @returns what the form is to send; throws when the browser or somebody says no. */
export async function makePasskey({ challenge, account, email, ids }: PasskeyWish): Promise<string> {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(challenge),
      rp: { name: 'Comptoir' },
      user: { id: toBytes(account), name: email, displayName: email },
      pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: ids.map((id) => ({ type: 'public-key', id: toBytes(id) })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      attestation: 'none',
    },
  })
  if (!(made instanceof PublicKeyCredential)) throw new Error('no passkey')
  const { response } = made
  const publicKey = response instanceof AuthenticatorAttestationResponse ? response.getPublicKey() : null
  if (!(response instanceof AuthenticatorAttestationResponse) || publicKey === null) throw new Error('no key')
  return JSON.stringify({
    id: toText(made.rawId),
    clientData: toText(response.clientDataJSON),
    authenticatorData: toText(response.getAuthenticatorData()),
    publicKey: toText(publicKey),
  })
}
