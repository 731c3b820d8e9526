export type Sample = { readonly labels?: Readonly<Record<string, string>>; readonly value: number }
export type Family = {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly samples: readonly Sample[]
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

function sampleLine(name: string, { labels = {}, value }: Sample): string {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${written.length > 0 ? `{${written.join(',')}}` : ''} ${value}`
}

/**
 * Figures that were read just now, in the text format of Prometheus. Not by the library: what it once counted it tells
 * for ever, and a row that has gone from the database would stay.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/ (read in November 2026)
 */
export const gaugeText = (families: readonly Family[]): string =>
  families
    .map(({ name, help, type, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map((sample) => sampleLine(name, sample)),
        '',
      ].join('\n'),
    )
    .join('\n')
