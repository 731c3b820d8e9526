import shop from '../../package.json' with { type: 'json' }

/** What runs: the version, and the release's own name where `RELEASE` says one. */
export const shopVersion = (): string => [shop.version, process.env['RELEASE']].filter(Boolean).join(' ')
