export async function runInjected(print: (text?: string) => void): Promise<void> {
  print('');
}
