#!/usr/bin/env node
// The `playloom` command: builds its bundle when that is missing or stale, then hands over to it.
import './node.mjs'
import { pathToFileURL } from 'node:url'
import { build, bundle } from './build.mjs'
import { missing } from './install.mjs'

const lacking = missing()
if (lacking !== null) {
  console.error(`Playloom is not set up here (${lacking}). Run \`npm ci\` or \`npm start\` in its folder first.`)
  process.exit(1)
}
await build()
await import(pathToFileURL(bundle).href)
