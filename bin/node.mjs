// Imported first by every script of bin/: says plainly when Node is too old, before anything newer is reached.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 20)) {
  console.error(
    `Playloom needs Node.js 20.20 or newer; this is ${process.versions.node}. Get a newer one at nodejs.org.`,
  )
  process.exit(1)
}
