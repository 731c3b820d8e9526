import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.process>
export type IpRange = readonly [network: Address, bits: number]

/** An address as one writes it today: version 4 inside version 6 is version 4. Null for what is none. */
export function parseIp(text: string): Address | null {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1')
  // Old forms (octal, hexadecimal, fewer than four numbers) mean other addresses to other programs.
  if (!ipaddr.IPv6.isValid(bare) && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return null
  return ipaddr.process(bare)
}

/**
 * Addresses and CIDR ranges, apart by blanks or commas.
 * @throws {RangeError} that names the first one that is neither, so that a list with a slip is never half a list.
 */
export function parseRanges(list: string): IpRange[] {
  return list
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [address = '', bits, ...rest] = word.split('/')
      const network = parseIp(address)
      const most = network?.kind() === 'ipv6' ? 128 : 32
      const length = bits === undefined ? most : Number(bits)
      if (!network || rest.length > 0 || !/^\d{1,3}$/.test(bits ?? '0') || length > most)
        throw new RangeError(`${word} is neither an address nor a range of addresses (CIDR)`)
      return [network, length]
    })
}

export function isInRanges(ip: string, ranges: readonly IpRange[]): boolean {
  const address = parseIp(ip)
  if (!address) return false
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
}
