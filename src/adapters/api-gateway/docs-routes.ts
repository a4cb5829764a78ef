/** What the function `orders-docs` answers; the API's own function knows them too, for what `$default` says of other methods. */
export const DOCS_ROUTES = ['/openapi.json', '/docs', '/docs/{file}'].flatMap((path) => [
  `GET ${path}`,
  `HEAD ${path}`,
]);
