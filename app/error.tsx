// A page broke: says so within the frame, keeps what is stored, and offers to draw it anew.
'use client'
import Link from 'next/link'
import { useEffect } from 'react'
import { Button } from './ui/Button'
import { Fault } from './ui/Fault'
import { Message } from './workbench/Shell'

const PageError = ({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) => {
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <Message title="Broken" at="nowhere">
      <Fault title="This page broke" action={<Button onClick={reset}>Draw it again</Button>}>
        <p>{error.message}</p>
        <p>
          This is a bug in Playloom. Your Plays are as they were last saved. <Link href="/">Go to all Plays</Link>
        </p>
      </Fault>
    </Message>
  )
}

export default PageError
