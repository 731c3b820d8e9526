import { getTranslations } from 'next-intl/server'
import { KEY_HELP_ID } from './key-help-id.ts'
import { KeySwitch } from './key-switch.tsx'

/** @property keys as they are pressed one after the other, such as `['g', 'o']`. @property does what they do, in words. */
export type OfficeKey = { readonly keys: readonly string[]; readonly does: string }

/** The keys of a page, opened by `?` or by its button; a popover, so that it opens without JavaScript too. */
export async function KeyHelp({ keys }: { keys: readonly OfficeKey[] }) {
  const t = await getTranslations('office')
  const everywhere = [
    { keys: ['?'], does: t('keys.help') },
    { keys: ['/'], does: t('keys.search') },
    { keys: ['g', '…'], does: t('keys.go') },
  ]
  return (
    <>
      <button
        type="button"
        className="office-help-button"
        popoverTarget={KEY_HELP_ID}
        aria-label={t('keys.title')}
        aria-keyshortcuts="?"
      >
        ?
      </button>
      <section className="office-help" id={KEY_HELP_ID} popover="auto" aria-label={t('keys.title')}>
        <h2>{t('keys.title')}</h2>
        <dl>
          {[...keys, ...everywhere].map(({ keys: pressed, does }) => (
            <div key={does}>
              <dt>
                {pressed.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <KeySwitch label={t('keys.on')} />
      </section>
    </>
  )
}
