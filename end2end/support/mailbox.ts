// A real mail server (RFC 5321) that keeps what it is given, for as long as a test runs.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** By name in lower case. */
  headers: Record<string, string>;
}

/** The mail of one running Assent. */
export class Mailbox {
  readonly #mails: Mail[] = [];
  readonly #refused = new Set<string>();
  readonly #server: SMTPServer;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: ({ address }, _session, done) =>
        done(this.#refused.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
      onData: (stream, session, done) => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        void keep(stream).then(
          (email) => {
            for (const address of to) this.#mails.push(mail(address, email));
            done();
          },
          (error: Error) => done(error),
        );
      },
    });
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    mailbox.#server.listen(0, '127.0.0.1');
    await once(mailbox.#server.server, 'listening');
    return mailbox;
  }

  /** As in ASSENT_SMTP_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  /** Refuses mail to this address for good from now on. */
  refuse(address: string): void {
    this.#refused.add(address);
  }

  /** Everything that came for an address, oldest first. */
  to(address: string): Mail[] {
    return this.#mails.filter((mail) => mail.to === address);
  }

  /** Waits for the newest mail to an address whose subject fits. */
  async wait(address: string, subject: RegExp): Promise<Mail> {
    const find = (): Mail | undefined => this.to(address).findLast((mail) => subject.test(mail.subject));
    await expect.poll(find, { message: `a mail to ${address} about ${subject}`, timeout: 15_000 }).toBeDefined();
    return find()!;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}

/** The path and query of the one link to a page with a secret. */
export function linkIn(mail: Mail): string {
  const links = [...new Set(mail.text.match(/http\S+\?token=\S+/g) ?? [])];
  expect(links, mail.text).toHaveLength(1);
  const { pathname, search } = new URL(links[0]!);
  return pathname + search;
}

async function keep(stream: SMTPServerDataStream): Promise<Email> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return new PostalMime().parse(Buffer.concat(parts));
}

function mail(to: string, { subject, text, html, headers: list }: Email): Mail {
  const headers = Object.fromEntries(list.map(({ key, value }) => [key, value]));
  return { to, subject: subject ?? '', text: text ?? '', html: html ?? '', headers };
}
