/** The samples of one metric, by the text of their labels, read from a running server's `/metrics`. */
export async function scrapeMetric(url: string, name: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${url}/metrics`);
  const samples = new Map<string, number>();
  for (const line of (await response.text()).split('\n')) {
    const sample = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (sample?.[1] === name) samples.set(sample[2] ?? '', Number(sample[3]));
  }
  return samples;
}
