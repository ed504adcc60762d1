declare module '*.code-snippets' {
  const snippets: Record<string, { prefix: string; body: string | string[]; description?: string }>;
  export default snippets;
}
