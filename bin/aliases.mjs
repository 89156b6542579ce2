// Packages of which the built server and the tests take the build for browsers, as the page does.
import { join } from 'node:path'
import { root } from './run.mjs'

/** The build for Node looks into the environment at every token of a text: a quarter of the parser's time. */
export const aliases = { yaml: join(root, 'node_modules/yaml/browser/index.js') }
