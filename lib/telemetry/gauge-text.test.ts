import { expect, test } from 'vitest'
import { gaugeText } from './gauge-text.ts'

test('figures are written as Prometheus reads them', () => {
  const text = gaugeText([
    { name: 'a', help: 'A', type: 'gauge', samples: [{ value: 1.5 }] },
    { name: 'b', help: 'B', type: 'counter', samples: [{ labels: { x: 'say "hi"\\\n', y: '2' }, value: 0 }] },
    { name: 'c', help: 'C', type: 'gauge', samples: [] },
  ])
  expect(text).toBe(
    '# HELP a A\n# TYPE a gauge\na 1.5\n\n# HELP b B\n# TYPE b counter\nb{x="say \\"hi\\"\\\\\\n",y="2"} 0\n\n# HELP c C\n# TYPE c gauge\n',
  )
})
