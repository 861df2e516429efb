import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The corner button would sit on top of the connection line.
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
};

export default config;
