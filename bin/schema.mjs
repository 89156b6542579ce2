// `npm run schema`: writes public/play.schema.json, the JSON Schema of documents for editors, from the command's answer.
import './node.mjs'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, bundle } from './build.mjs'
import { root } from './run.mjs'

await build()
const text = execFileSync(process.execPath, [bundle, 'play', 'schema'], { encoding: 'utf8', maxBuffer: 1 << 26 })
mkdirSync(join(root, 'public'), { recursive: true })
writeFileSync(join(root, 'public', 'play.schema.json'), text)
