import { readFileSync } from 'node:fs'
import type { Answer } from '../../http/messages.ts'

export const BRIDGE_PATH = '/wechat/bridge.js'

export const bridgeScript: Answer = {
  status: 200,
  headers: { 'content-type': 'text/javascript; charset=utf-8' },
  body: readFileSync(new URL('bridge.js', import.meta.url), 'utf8'),
}
