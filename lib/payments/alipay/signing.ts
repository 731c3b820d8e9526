/** Fields by name, values as the bytes that travel, so that a message in GBK is checked as it was signed. */
export type SignedFields = ReadonlyMap<string, Uint8Array>

/** The text of a request under its signature: all but `sign`, empty values dropped, sorted by code unit, raw values. */
export function requestText(parameters: Iterable<readonly [name: string, value: string]>): string {
  return [...parameters]
    .filter(([name, value]) => name !== '' && name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** The bytes of a message under its signature. Empty values stay: Alipay's own libraries keep them. */
export function messageBytes(fields: SignedFields, leaveOut: readonly string[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const name of [...fields.keys()].sort()) {
    const value = fields.get(name)
    if (value === undefined || leaveOut.includes(name)) continue
    parts.push(Buffer.from(`${parts.length === 0 ? '' : '&'}${name}=`, 'latin1'), value)
  }
  return Buffer.concat(parts)
}
