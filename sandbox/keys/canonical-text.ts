/**
 * The text under a signature of Alipay and of UnionPay: named fields without the left-out ones and without empty values,
 * by code unit of the name, `name=value` joined by `&`, values as they are sent.
 */
export function canonicalText(fields: ReadonlyMap<string, string>, leftOut: readonly string[]): string {
  return [...fields]
    .filter(([name, value]) => name !== '' && value !== '' && !leftOut.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}
