import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The corner button would sit on top of the connection line.
  devIndicators: false,
  // `npm run check` judges the types of the whole project; a newcomer's first start does not wait for that.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
};

export default config;
