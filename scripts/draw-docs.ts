import { readFileSync, writeFileSync } from 'node:fs'
import { DOCUMENTS } from './docs/documents.ts'
import { drawInto } from './docs/markdown.ts'

// Draws the tables of the documents anew from the code.
for (const [file, parts] of Object.entries(DOCUMENTS)) writeFileSync(file, drawInto(readFileSync(file, 'utf8'), parts))
