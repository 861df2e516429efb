/** The bundler puts a font beside the pages' other files and hands back its address. */
declare module '*.woff2' {
  const address: string;
  export default address;
}
