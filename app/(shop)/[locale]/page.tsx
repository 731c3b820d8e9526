import { getTranslations } from 'next-intl/server'

export default async function HomePage() {
  const t = await getTranslations('shop')
  return <h1>{t('tagline')}</h1>
}
