// What `next start` does, from what the build has written down: the file that the build traced is all of Next there is.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

process.env.NODE_ENV = 'production'
const dir = process.cwd()
const { config } = JSON.parse(readFileSync('.next/required-server-files.json', 'utf8'))
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config)
const { startServer } = createRequire(`${dir}/package.json`)('next/dist/server/lib/start-server')
const port = Number(process.env.PORT ?? 3000)
await startServer({ dir, isDev: false, config, hostname: process.env.HOST ?? '0.0.0.0', port, allowRetry: false })
