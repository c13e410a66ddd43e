import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type ChannelCredentials, credentials, experimental, ServerCredentials } from '@grpc/grpc-js';
import { Logger } from '@nestjs/common';
import { type BaseConfig, ConfigurationError } from '../config/environment';

type CaListener = Parameters<experimental.CertificateProvider['addCaCertificateListener']>[0];
type IdentityListener = Parameters<experimental.CertificateProvider['addIdentityCertificateListener']>[0];

type TlsConfig = Pick<BaseConfig, 'TLS_CERT_FILE' | 'TLS_KEY_FILE' | 'TLS_CA_FILE' | 'TLS_RELOAD_SECONDS'>;

interface Paths {
  certificate: string;
  key: string;
  ca: string;
}

interface Material {
  certificate: Buffer;
  key: Buffer;
  ca: Buffer;
}

/**
 * This service's certificate and the authority of its peers, read again now and then. grpc-js's own watcher hands on
 * whatever it finds; this one keeps what it has while the files are away, half written, or do not fit together.
 */
class CertificateFiles implements experimental.CertificateProvider {
  private readonly log = new Logger('tls');
  private readonly caListeners = new Set<CaListener>();
  private readonly identityListeners = new Set<IdentityListener>();

  private constructor(
    private readonly paths: Paths,
    private material: Material,
    reloadMs: number,
  ) {
    setInterval(() => void this.reload(), reloadMs).unref();
  }

  /** @throws ConfigurationError where the files cannot be read or do not fit together */
  static open(paths: Paths, reloadMs: number): CertificateFiles {
    try {
      const material = {
        certificate: readFileSync(paths.certificate),
        key: readFileSync(paths.key),
        ca: readFileSync(paths.ca),
      };
      assertFits(material);
      return new CertificateFiles(paths, material, reloadMs);
    } catch (error) {
      throw new ConfigurationError(
        `the certificates of TLS_CERT_FILE, TLS_KEY_FILE and TLS_CA_FILE cannot be used: ${textOf(error)}`,
      );
    }
  }

  addCaCertificateListener(listener: CaListener): void {
    this.caListeners.add(listener);
    process.nextTick(() => listener({ caCertificate: this.material.ca }));
  }

  removeCaCertificateListener(listener: CaListener): void {
    this.caListeners.delete(listener);
  }

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.identityListeners.add(listener);
    process.nextTick(() => listener(identityOf(this.material)));
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.identityListeners.delete(listener);
  }

  private async reload(): Promise<void> {
    try {
      const [certificate, key, ca] = await Promise.all(
        [this.paths.certificate, this.paths.key, this.paths.ca].map((path) => readFile(path)),
      );
      if (!certificate || !key || !ca) return;
      const before = this.material;
      if (certificate.equals(before.certificate) && key.equals(before.key) && ca.equals(before.ca)) return;
      const material = { certificate, key, ca };
      assertFits(material);
      this.material = material;
      for (const listener of this.caListeners) listener({ caCertificate: ca });
      for (const listener of this.identityListeners) listener(identityOf(material));
      this.log.log('new certificates are in use');
    } catch (error) {
      this.log.warn(`the certificates stay as they were: ${textOf(error)}`);
    }
  }
}

/** @throws Error unless the key is the certificate's and all are well-formed */
function assertFits({ certificate, key, ca }: Material): void {
  createSecureContext({ cert: certificate, key, ca });
}

function identityOf({ certificate, key }: Material): { certificate: Buffer; privateKey: Buffer } {
  return { certificate, privateKey: key };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One for each set of files, so that all clients and the server change over together. */
const opened = new Map<string, CertificateFiles>();

/** @throws ConfigurationError where only some of the three files are named, or they cannot be used */
function certificatesOf(config: TlsConfig): CertificateFiles | undefined {
  const { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key, TLS_CA_FILE: ca, TLS_RELOAD_SECONDS } = config;
  if (!certificate && !key && !ca) return undefined;
  if (!certificate || !key || !ca)
    throw new ConfigurationError('TLS_CERT_FILE, TLS_KEY_FILE and TLS_CA_FILE must be set together');
  const id = JSON.stringify([certificate, key, ca]);
  const files = opened.get(id) ?? CertificateFiles.open({ certificate, key, ca }, TLS_RELOAD_SECONDS * 1000);
  opened.set(id, files);
  return files;
}

/** Mutual TLS where certificates are given: a caller without one of the same authority has no connection. Else plain text. */
export function serverCredentials(config: TlsConfig): ServerCredentials {
  const files = certificatesOf(config);
  if (!files) return ServerCredentials.createInsecure();
  return experimental.createCertificateProviderServerCredentials(files, files, true);
}

/** As {@link serverCredentials}; the server's certificate must also bear the name it is reached by. */
export function channelCredentials(config: TlsConfig): ChannelCredentials {
  const files = certificatesOf(config);
  if (!files) return credentials.createInsecure();
  return experimental.createCertificateProviderChannelCredentials(files, files);
}
