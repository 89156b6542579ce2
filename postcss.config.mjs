// Tailwind 4 reads its theme from app/styles; nothing else works on the styles.
export default { plugins: { '@tailwindcss/postcss': {} } }
