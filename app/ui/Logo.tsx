// The mark: bars of a loom, one longer than the rest.
export const Logo = ({ size = 20 }: { size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth={2}
    strokeLinecap="round"
    aria-hidden
  >
    <path d="M4.5 3.2h2.2M4.5 6.6h7.4M4.5 10h12M4.5 13.4h7.4M4.5 16.8h2.2" />
  </svg>
)
