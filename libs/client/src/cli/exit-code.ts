import { CommanderError } from 'commander';
import type { FieldProblem } from '../api-types';
import { BeatbotError } from '../beatbot-error';

export const EXIT = {
  ok: 0,
  unexpected: 1,
  badInput: 2,
  notFound: 3,
  jobFailed: 4,
  cancelled: 5,
  unreachable: 6,
  busy: 7,
  conflict: 8,
  unsupported: 9,
  damaged: 10,
  refused: 11,
  interrupted: 130,
} as const;

export const EXIT_HELP = `
Exit codes:
  0 ok                     6 no BeatBot answers, or a service behind it is away
  1 unexpected             7 too many requests or jobs; try later
  2 bad input or usage     8 not possible in the present state
  3 not found              9 not supported yet
  4 the job failed        10 a download arrived damaged
  5 the job was cancelled  11 the API key is missing, or does not allow it
                         130 interrupted`;

/** An error of the command itself, told in one line. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  if (!(error instanceof BeatbotError)) return EXIT.unexpected;
  if (error.reason === 'UNREACHABLE') return EXIT.unreachable;
  if (error.reason === 'CHECKSUM_MISMATCH') return EXIT.damaged;
  if (error.reason === 'QUEUE_FULL') return EXIT.busy;
  switch (error.status) {
    case 401:
    case 403:
      return EXIT.refused;
    case 404:
    case 410:
      return EXIT.notFound;
    case 409:
      return EXIT.conflict;
    case 429:
      return EXIT.busy;
    case 501:
      return EXIT.unsupported;
    case 502:
    case 503:
    case 504:
      return EXIT.unreachable;
    default:
      return error.status >= 400 && error.status < 500 ? EXIT.badInput : EXIT.unexpected;
  }
}

/** How Commander's messages about wrong usage begin. */
export const USAGE_ERROR = 'error: ';

/** An error as --json tells it. */
export interface ErrorReport {
  /** The server's or the client's reason; USAGE for wrong usage, COMMAND for what else the command itself refuses. */
  reason: string;
  message: string;
  exitCode: number;
  errors: FieldProblem[];
  /** HTTP status and request, where a server answered. */
  status?: number;
  requestId?: string;
}

export function errorReport(error: unknown): ErrorReport {
  const exitCode = exitCodeOf(error);
  if (error instanceof BeatbotError) {
    const { reason, message, errors, status, requestId } = error;
    return { reason, message, exitCode, errors, ...(status !== 0 && { status }), requestId };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CommanderError)
    return { reason: 'USAGE', message: message.replace(USAGE_ERROR, ''), exitCode, errors: [] };
  return { reason: error instanceof CommandError ? 'COMMAND' : 'UNEXPECTED', message, exitCode, errors: [] };
}

/** An error in lines for people: what, and for each field its value and what is allowed. */
export function errorLines(error: unknown): string[] {
  if (error instanceof BeatbotError) {
    const fields = error.errors
      .map(
        ({ field, value, allowed }) =>
          `${field}${value === undefined ? '' : ` ${JSON.stringify(value)}`} is not allowed: ${allowed}`,
      )
      .filter((line) => !saysAll(error.message, line));
    const single = error.errors.length === 1;
    const lines =
      single && fields.length === 1 && error.status === 400
        ? fields
        : [error.message, ...fields.map((line) => `  ${line}`)];
    if (error.reason === 'UNREACHABLE')
      lines.push('  Start one here with `beatbot up` (or `npm start`), or say where it is with --url or BEATBOT_URL.');
    if (error.status === 401)
      lines.push(
        '  Give an API key by BEATBOT_API_KEY or --api-key; who has an admin key makes one: beatbot keys create',
      );
    if (error.status === 500) lines.push(`  request ${error.requestId ?? 'unknown'}`);
    return lines;
  }
  return [error instanceof Error ? error.message : String(error)];
}

function saysAll(message: string, line: string): boolean {
  return message.includes(line.slice(line.indexOf(': ') + 2));
}
