// The engine of a page: its worker, and its line to the server.
import { createEngine, type WorkerThread } from './client'
import type { Engine } from './engine'
import { type EngineServer, pageServer } from './server'

export const startEngine = (server: EngineServer = pageServer()): Engine =>
  createEngine({
    // The build finds the worker's file by this very form.
    startWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }) as WorkerThread,
    runOnServer: server.report,
    now: () => Date.now(),
  })
