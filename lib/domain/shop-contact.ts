/** How customers reach the shop, as its owner wrote it in the settings. */
export type ShopContact = {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly address: string
}

/** How to reach the shop line by line, without the ones that are empty. */
export const contactLines = ({ address, phone, email }: ShopContact): readonly string[] =>
  [address, phone, email].filter((line) => line !== '')

/** Who sells, on invoices and receipts. @param fallback what the environment says, for who filled in no settings. */
export function sellerLines(contact: ShopContact, fallback: readonly string[]): readonly string[] {
  const lines = contactLines(contact)
  return lines.length > 0 ? [contact.name, ...lines] : fallback
}
