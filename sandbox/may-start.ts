/**
 * Why this process may not be a sandbox, if it may not. A production build runs with NODE_ENV=production; there only the
 * demo says COMPTOIR_SANDBOX=1, which no deployment guide names. Listening on loopback only is the second wall, and the
 * third is the shop's: its production mode refuses the sandbox's keys and any gateway address that is not Alipay's own.
 */
export function reasonNotToStart(environment: Readonly<Record<string, string | undefined>>): string | null {
  if (environment['NODE_ENV'] !== 'production' || environment['COMPTOIR_SANDBOX'] === '1') return null
  return 'The sandbox gateways take pretended money and do not start with NODE_ENV=production.'
}
