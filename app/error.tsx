// A part of the page broke: says so, keeps what is stored, and offers to draw it anew.
'use client'
import { useEffect } from 'react'
import { Button } from './ui/Button'
import { Fault } from './ui/Fault'

const PageError = ({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) => {
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <main className="grid h-full place-content-center p-6">
      <Fault title="This page broke" action={<Button onClick={reset}>Draw it again</Button>}>
        {error.message} This is a bug in Playloom. Your Plays are as they were last saved.
      </Fault>
    </main>
  )
}

export default PageError
