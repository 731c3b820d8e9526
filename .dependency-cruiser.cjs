/**
 * Which room may import which; docs/architecture.md says why.
 * `scripts/test/layers.ts` runs it and refuses a run that saw too few modules, since a cruise of nothing is green.
 */
const shop = '^(app|components|db|lib)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^next/root-params$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'lib/domain holds rules: no I/O, no clock, no framework. Its tests may use their runner.',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^lib/(domain/|result\\.ts$)' },
    },
    {
      name: 'payments-know-no-shop',
      comment: 'A provider speaks its wire protocol and our port, and knows neither the database nor the pages.',
      severity: 'error',
      from: { path: '^lib/payments/' },
      to: { path: '^(app|components|db|lib/(jobs|auth))/|^node_modules/(next|drizzle-orm|postgres)/' },
    },
    {
      name: 'providers-know-no-other-provider',
      severity: 'error',
      from: { path: '^lib/payments/(alipay|wechatpay|unionpay)/' },
      to: { path: '^lib/payments/(alipay|wechatpay|unionpay)/', pathNot: '^lib/payments/$1/' },
    },
    {
      name: 'db-knows-no-pages',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(app|components|lib/(auth|i18n))/|^node_modules/next/' },
    },
    {
      name: 'jobs-know-no-pages',
      severity: 'error',
      from: { path: '^lib/jobs/' },
      to: { path: '^(app|components)/|^node_modules/next/' },
    },
    {
      name: 'components-are-props-in-markup-out',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|db)/|^lib/(payments|jobs|auth|env)|^node_modules/(drizzle-orm|postgres)/' },
    },
    {
      name: 'pages-speak-no-sql',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^db/([^/]+/schema|client)\\.ts$|^node_modules/(drizzle-orm|postgres)/' },
    },
    { name: 'sandbox-stands-alone', severity: 'error', from: { path: '^sandbox/' }, to: { path: shop } },
    { name: 'shop-never-imports-sandbox', severity: 'error', from: { path: shop }, to: { path: '^sandbox/' } },
    {
      name: 'nothing-imports-tests-or-benches',
      severity: 'error',
      from: { path: '^(app|components|lib|sandbox|db)/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: '^(e2e|bench|simulator)/|/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.next/|^\\.data/|\\.test\\.tsx?$' },
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['react-server', 'import', 'require', 'node', 'default', 'types'],
    },
  },
}
