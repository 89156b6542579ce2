// One ear at the queue for all in this process who take jobs from it: the database counts a worker by its ear.
import type { JobQueue } from '../stores'

export const shareQueue = async (
  queue: JobQueue,
): Promise<{ readonly jobs: JobQueue; readonly close: () => Promise<void> }> => {
  const ears = new Set<() => void>()
  const close = await queue.listen(() => {
    for (const heard of ears) heard()
  })
  const listen: JobQueue['listen'] = async (heard) => {
    ears.add(heard)
    return async () => void ears.delete(heard)
  }
  return { jobs: { ...queue, listen }, close }
}
