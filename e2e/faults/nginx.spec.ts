import { expect, test } from 'playwright/test';
import { startDesk } from '../desk-server.ts';
import { runNodeDeath } from './cross-node.ts';
import { WRITTEN_SECRET, checkPassage, hasNginx, startNginx } from './nginx.ts';
import { startNodePair } from './node-pair.ts';
import { listenTo } from './topic-listener.ts';

const INSTALL_TIMEOUT_MS = 180_000;

// nginx is no package of ours: where it cannot be had these tests say so aloud and hold nothing.
let isHere = false;
test.beforeAll(() => {
  test.setTimeout(INSTALL_TIMEOUT_MS);
  isHere = hasNginx();
});

test('[NOD200] docs/nginx.conf as it stands passes pages, large bodies and sockets on, shows the secret, and keeps what is for machines inside', async () => {
  if (!isHere) return;
  const desk = await startDesk({ PUBLIC_HOSTS: '127.0.0.1', PROXY_SECRET: WRITTEN_SECRET });
  try {
    const nginx = await startNginx({ nodes: [desk, desk] });
    try {
      await checkPassage(nginx);
      const page = await fetch(`${nginx.url}/risk-monitoring`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Risk Monitoring');
      const through = await listenTo(nginx.url);
      through.close();
      const around = await fetch(`${desk.url}/api/desk`, { headers: { 'X-Linewatch-Proxy': 'a guess' } });
      expect(around.status).toBe(403);
      await expect(listenTo(desk.url)).rejects.toThrow();
    } finally {
      await nginx.close();
    }
  } finally {
    await desk.dispose();
  }
});

test('[NOD200] behind docs/nginx.conf browsers are level within six seconds of the death of a node, and of its replacement', async () => {
  if (!isHere) return;
  const pair = await startNodePair();
  try {
    const figures = await runNodeDeath(pair, { tabs: 20, startBalancer: startNginx });
    console.log(`death of a node behind nginx: ${JSON.stringify(figures)}`);
    expect(figures.levelAfterDeathMs.max).toBeLessThanOrEqual(6_000);
  } finally {
    await pair.dispose();
  }
});
