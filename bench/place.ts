import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Place, tsipsProgram } from './programs.ts';

/** Puts a certificate with a P-256 key for 127.0.0.1 into a folder, where the example looks for it. */
export async function makePlace(folder: string): Promise<Place> {
  const certificates = join(folder, 'certs', 'dev');
  execFileSync(process.execPath, [tsipsProgram, 'certs', certificates], { stdio: 'ignore' });
  return {
    folder,
    certificate: join(certificates, 'localhost-cert.pem'),
    key: join(certificates, 'localhost-key.pem'),
  };
}
