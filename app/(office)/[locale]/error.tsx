'use client'
import { usePathname } from 'next/navigation'
import { ErrorHelp, localeOf } from '#components/shop/error-help.tsx'

export default function OfficeError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorHelp locale={localeOf(usePathname())} error={error} retry={retry} />
}
