import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'
import { GUARDS } from './all-guards.ts'
import { applyPatch, patchedFile } from './apply-patch.ts'
import { GUARD_OFF } from './switch-off.ts'

const patch = GUARDS.find(({ name }) => name === process.env[GUARD_OFF])?.patch

/** The project's own tests, with one file of the shop without its protection. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    root: new URL('../..', import.meta.url).pathname,
    projects: (base.test?.projects ?? []).map((project) =>
      typeof project === 'object' && 'test' in project
        ? {
            ...project,
            plugins: [
              {
                name: 'switch-off-guard',
                enforce: 'pre' as const,
                load: (id: string) =>
                  patch && id.split('?')[0] === patchedFile(patch) ? applyPatch(readFileSync(id, 'utf8'), patch) : null,
              },
            ],
          }
        : project,
    ),
  },
})
