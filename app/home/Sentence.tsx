// A sentence in which `names` stand out.
export const Sentence = ({ text }: { text: string }) => (
  <>{text.split('`').map((part, i) => (i % 2 === 1 ? <b key={part}>{part}</b> : part))}</>
)
