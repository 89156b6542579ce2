// The colour of a role, as the variable that stripe, icon and lane read.
import type { CSSProperties } from 'react'
import type { Role } from './model'

const tokens: Readonly<Record<Role, string>> = {
  filter: 'var(--role-filter)',
  entry: 'var(--role-entry)',
  exit: 'var(--role-exit)',
  inval: 'var(--role-inval)',
  none: 'var(--text-3)',
}

export const roleToken = (role: Role): string => tokens[role]
// React's own type knows no custom properties.
export const roleColour = (role: Role): CSSProperties => ({ '--rc': tokens[role] }) as CSSProperties
