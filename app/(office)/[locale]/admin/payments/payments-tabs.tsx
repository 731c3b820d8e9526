import { Tabs } from '#components/office/toolbar.tsx'
import { officeBillsPath, officeMessagesPath, officeMonthsPath, officePaymentsPath } from '#lib/office-paths.ts'
import type { InPaymentWords } from './payment-words.ts'

const TABS = {
  overview: officePaymentsPath,
  messages: officeMessagesPath,
  bills: officeBillsPath,
  months: officeMonthsPath,
} as const

/** The parts of the payments desk. */
export const PaymentsTabs = ({ current, t, locale }: InPaymentWords & { current: keyof typeof TABS }) => (
  <Tabs
    label={t('parts')}
    tabs={Object.entries(TABS).map(([name, path]) => ({
      name: t(`tabs.${name as keyof typeof TABS}`),
      href: path(locale),
      current: name === current,
    }))}
  />
)
