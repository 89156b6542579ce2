// How long a million bars take to come in, as text and as Parquet, and as a second import that adds nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syntheticMinutes } from '../server/core/synthetic'
import { importFiles } from '../server/run/data/importFiles'
import { openData } from '../server/wire'
import { must } from './market'
import type { Figure, Section } from './table'

const bars = 1_000_000
const names = ['open', 'high', 'low', 'close', 'volume'] as const

/** Seeded minutes from 2023 on, with prices and volumes as long as those of an exchange. */
const writeFiles = async (folder: string): Promise<Readonly<Record<'csv' | 'parquet', string>>> => {
  const spec = { shape: null, seed: 7, fromMs: 1_672_531_200_000, minutes: bars } as const
  const rows = syntheticMinutes({ ...spec, startPrice: 40_000, ticksPerUnit: 100, stepsPerUnit: 1000, volume: 50 })
  const paths = { csv: join(folder, 'bars.csv'), parquet: join(folder, 'bars.parquet') }
  const lines = Array.from(rows.openMs, (ms, i) => [ms, ...names.map((name) => rows[name][i])].join(','))
  writeFileSync(paths.csv, `open_time,${names.join(',')}\n${lines.join('\n')}\n`)
  const { tables, close } = await openData({ dataDir: folder })
  const columns = names.map((name) => ({ name, values: rows[name] }))
  await tables.write({
    path: paths.parquet,
    format: 'parquet',
    columns: [{ name: 'open_time', values: rows.openMs }, ...columns],
  })
  close()
  return paths
}

/** A store of its own for each repetition. */
export const importSection = async (folder: string, times = 3): Promise<Section> => {
  const files = await writeFiles(folder)
  const figures: Figure[] = []
  for (const [form, path] of Object.entries(files)) {
    const first: number[] = []
    const again: number[] = []
    for (let k = 0; k < times; k++) {
      const data = await openData({ dataDir: join(folder, `${form}-${k}`) })
      for (const values of [first, again]) {
        const start = performance.now()
        must(await importFiles({ files: [path], instrument: 'binance:BTCUSDT', tf: '1m' }, data))
        values.push(performance.now() - start)
      }
      data.close()
    }
    figures.push({ step: `1M bars from ${form}`, values: first, unit: 'ms' })
    figures.push({ step: `the same ${form} again`, values: again, unit: 'ms' })
  }
  return { title: 'Import: read, judged, merged, written as months of Parquet, flushed to disk', figures }
}
