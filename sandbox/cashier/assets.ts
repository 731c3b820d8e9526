import { readFileSync } from 'node:fs'
import type { Answer } from '../http/messages.ts'

const CSS = 'text/css; charset=utf-8'

const asset = (file: string, type: string): Answer => ({
  status: 200,
  headers: { 'content-type': type },
  body: readFileSync(new URL(file, import.meta.url), 'utf8'),
})

const ASSETS: Readonly<Record<string, Answer>> = {
  '/assets/sandbox.css': asset('sandbox.css', CSS),
  '/assets/phone.css': asset('phone.css', CSS),
  '/assets/switchboard.css': asset('../switchboard/switchboard.css', CSS),
  '/assets/card-form.css': asset('../unionpay/pages/card-form.css', CSS),
  '/assets/auto-post.js': asset('auto-post.js', 'text/javascript; charset=utf-8'),
  '/assets/icon.svg': asset('icon.svg', 'image/svg+xml'),
}

export const findAsset = (path: string): Answer | null => ASSETS[path] ?? null
