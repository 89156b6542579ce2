// GET /frames/<hash>/<column>: one column of a series as raw little-endian doubles, whole or a range of its bytes.
import { open } from 'node:fs/promises'
import { context } from '../../../../server/api/context'
import { fileBody } from '../../../../server/api/fileBody'
import { answerFrame, type FrameAnswer, goneAnswer } from '../../../../server/api/frames'

export const dynamic = 'force-dynamic'

const bodyOf = async ({ file, sentence }: FrameAnswer, left: AbortSignal): Promise<BodyInit | null> => {
  if (file === null || file.range.last < file.range.first) return sentence
  return fileBody(await open(file.path), file.range, left)
}

export const GET = async (request: Request, { params }: { params: Promise<{ hash: string; column: string }> }) => {
  const ask = {
    ...(await params),
    range: request.headers.get('range'),
    ifNoneMatch: request.headers.get('if-none-match'),
    ifRange: request.headers.get('if-range'),
  }
  const answer = await answerFrame(ask, context)
  try {
    return new Response(await bodyOf(answer, request.signal), { status: answer.status, headers: answer.headers })
  } catch {
    // The series changed between the look-up and the opening of its file.
    return new Response(goneAnswer.sentence, { status: goneAnswer.status, headers: goneAnswer.headers })
  }
}
