import { toBytes, toText } from './passkey-bytes.ts'

/** What the server wants signed, and by which passkeys; see `lib/auth/passkeys.ts`. */
export type PasskeyQuestion = { readonly challenge: string; readonly ids: readonly string[] }

/** Has one of the passkeys sign. @returns what the form is to send; throws when the browser or somebody says no. */
export async function askPasskey({ challenge, ids }: PasskeyQuestion): Promise<string> {
  const given = await navigator.credentials.get({
    publicKey: {
      challenge: toBytes(challenge),
      allowCredentials: ids.map((id) => ({ type: 'public-key', id: toBytes(id) })),
      userVerification: 'required',
    },
  })
  if (!(given instanceof PublicKeyCredential)) throw new Error('no passkey')
  const { response } = given
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Error('no signature')
  return JSON.stringify({
    id: toText(given.rawId),
    clientData: toText(response.clientDataJSON),
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
  })
}
