/** What every page's head holds; nothing in it comes from elsewhere. */
export function PageHead({ title }: { readonly title: string }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/live.css" />
      <script src="/live.js" defer></script>
    </head>
  );
}
