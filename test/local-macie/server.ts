/**
 * A local stand-in for Amazon Macie and for the AWS services that hand out credentials, on the loopback address, so
 * that the real SDK can be tested over a real socket. It is a test double: it knows names, types and signatures, holds
 * state, and fails on demand. What it accepts says nothing about what AWS accepts.
 *
 * Other processes use it over HTTP as well:
 *   GET    /_control/state            the state, with jobs, the log of requests and the faults that are ordered
 *   POST   /_control/state            members of the state to replace (lists as a whole)
 *   POST   /_control/faults           one fault or a list of them (see `Fault`)
 *   DELETE /_control/faults           no faults any more
 *   POST   /_control/jobs/ID          members of a stored job to replace, for example {"jobStatus": "COMPLETE"}
 *   POST   /_control/reset            the state as at the start
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ErrorAnswer, Fault } from './faults.js';
import { Faults, faultAnswer } from './faults.js';
import type { IdentityCall } from './identity.js';
import {
  containerCredentials,
  instanceMetadata,
  LoginRefusal,
  loginToken,
  ssoCredentials,
  ssoToken,
  stsResult,
  UNSIGNED_ACTIONS,
} from './identity.js';
import { OPERATIONS, Refusal } from './macie.js';
import { mismatches, REQUEST_SHAPES } from './shapes.js';
import type { SignatureFault, Verified } from './signature.js';
import { verify } from './signature.js';
import type { Json, JsonObject, LocalState, LoggedRequest } from './state.js';
import { initialState } from './state.js';

export type { Fault, FaultKind } from './faults.js';
export type { Bucket, KeyEntry, LocalState, LoggedRequest, RoleEntry, StoredJob } from './state.js';
export { issueKeys, LOCAL_KEYS } from './state.js';

export interface LocalMacieOptions {
  /** 0 or absent: a free one. */
  port?: number;
  /** Account of the local user, 12 digits. */
  account?: string;
  /** Members of the state to start with, over the usual ones. */
  state?: Partial<LocalState>;
}

export interface LocalMacie {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly state: LocalState;
  readonly faults: Faults;
  /** Requests of one operation, in the order in which they came. */
  requests(operation: string): LoggedRequest[];
  /** Environment variables that send the credential providers' own calls here. Macie is not among them. */
  readonly environment: Record<string, string>;
  reset(): void;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Starts the endpoint on 127.0.0.1. Rejects where the port is taken. */
export async function startLocalMacie(options: LocalMacieOptions = {}): Promise<LocalMacie> {
  const account = options.account ?? '111122223333';
  const state = { ...initialState(account), ...options.state };
  const faults = new Faults();
  let sequence = 0;
  const hanging = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`The local endpoint failed: ${error}`);
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const rawBody = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    if (url.pathname.startsWith('/_control/')) {
      send(response, control(request.method ?? 'GET', url.pathname, rawBody));
      return;
    }
    const route = routeOf(request.method ?? 'GET', url.pathname, headers, rawBody);
    sequence += 1;
    const logged: LoggedRequest = {
      sequence,
      operation: route.operation,
      method: request.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers,
      rawBody,
      ...(route.body === undefined ? {} : { body: route.body }),
    };
    state.requests.push(logged);
    const due = faults.next(route.operation);
    if (due.length > 0) {
      logged.fault = due.map(({ kind }) => kind).join(', ');
    }
    const first = due.find(({ kind }) => kind !== 'latency');
    for (const fault of due) {
      if (fault.kind === 'latency' || (fault === first && fault.delay)) {
        await wait(fault.delay ?? 0);
      }
    }
    if (first?.kind === 'hang') {
      hanging.add(response);
      return;
    }
    if (first?.kind === 'reset-before') {
      request.socket.resetAndDestroy();
      return;
    }
    const answer = answerTo(route, logged, url, first);
    if (first?.kind === 'reset-after') {
      request.socket.resetAndDestroy();
      return;
    }
    logged.status = answer.status;
    if (first?.kind === 'cut-answer') {
      const bytes = Buffer.from(answer.body);
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(bytes.length) });
      response.write(bytes.subarray(0, bytes.length >> 1), () => request.socket.destroy());
      return;
    }
    send(response, answer);
  }

  /** What the service would answer, or the error that was ordered. */
  function answerTo(route: Route, logged: LoggedRequest, url: URL, fault: Fault | undefined): Answer {
    const request = {
      method: logged.method,
      path: url.pathname,
      query: url.searchParams,
      headers: logged.headers,
      body: logged.rawBody,
    };
    const verified: Verified = route.unsigned ? {} : verify(request, state.keys, new Date());
    if (verified.accessKeyId) {
      logged.accessKeyId = verified.accessKeyId;
    }
    if (verified.region) {
      logged.region = verified.region;
    }
    if (verified.key) {
      logged.caller = verified.key.arn;
    }
    if (fault?.kind === 'proxy-refused') {
      return {
        status: 407,
        headers: { 'content-type': 'text/html', 'proxy-authenticate': 'Basic' },
        body: '<html>Proxy Authentication Required</html>',
      };
    }
    if (fault?.kind === 'foreign-page') {
      return {
        status: fault.status ?? 200,
        headers: { 'content-type': 'text/html' },
        body: '<html>Please sign in to the network</html>',
      };
    }
    const service = route.kind === 'macie' ? 'macie2' : route.kind;
    const caller = verified.key?.arn ?? 'anonymous';
    const ordered = fault && faultAnswer(fault, caller, service, route.operation);
    if (ordered && fault.kind !== 'fault-after') {
      return errorAnswer(route, ordered, fault.kind === 'clock-skew' ? new Date(Date.now() + 15 * 60_000) : undefined);
    }
    if (verified.fault) {
      return errorAnswer(route, signatureError(verified.fault, service));
    }
    try {
      const done = carryOut(route, logged, url, verified);
      return ordered ? errorAnswer(route, ordered) : done;
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      return errorAnswer(route, error);
    }
  }

  function carryOut(route: Route, logged: LoggedRequest, url: URL, verified: Verified): Answer {
    const call: IdentityCall = {
      state,
      headers: logged.headers,
      query: url.searchParams,
      fields: (route.body ?? {}) as Record<string, string>,
    };
    switch (route.kind) {
      case 'sts':
        return xml(route.operation, stsResult(route.operation, call, verified.key));
      case 'sso':
        return json(ssoCredentials(call));
      case 'sso-oidc':
        return json(ssoToken(call));
      case 'signin':
        return json(loginToken(call));
      case 'container':
        return json(containerCredentials(call));
      case 'metadata':
        return {
          status: 200,
          headers: { 'content-type': 'text/plain' },
          body: instanceMetadata(logged.method, logged.path, call),
        };
      case 'macie':
        return macieAnswer(route, logged, verified);
      default:
        throw new Refusal(404, 'UnknownOperationException', 'The local endpoint does not know this path.');
    }
  }

  function macieAnswer(route: Route, logged: LoggedRequest, { key, region = '', service }: Verified): Answer {
    const operation = OPERATIONS.find(({ name }) => name === route.operation);
    if (!operation || !key) {
      throw new Refusal(404, 'UnknownOperationException', 'The local endpoint does not know this path.');
    }
    if (service !== 'macie2') {
      throw new Refusal(403, 'InvalidSignatureException', "Credential should be scoped to correct service: 'macie2'.");
    }
    if (state.macie === 'OFF') {
      throw new Refusal(401, 'AccessDeniedException', 'Macie is not enabled.');
    }
    const shape = REQUEST_SHAPES[operation.name];
    if (shape) {
      const contentType = logged.headers['content-type'] ?? '';
      if (!contentType.startsWith('application/json')) {
        throw new Refusal(415, 'UnsupportedMediaTypeException', 'The body must be JSON.');
      }
      const wrong = route.body === undefined ? ['body: is not JSON'] : mismatches(route.body, shape);
      if (wrong.length > 0) {
        throw new Refusal(400, 'ValidationException', `The request does not fit the operation: ${wrong.join('; ')}`);
      }
    } else if (logged.rawBody !== '' && logged.rawBody !== '{}') {
      throw new Refusal(400, 'ValidationException', 'This operation takes no body.');
    }
    const id = decodeURIComponent(operation.path.exec(logged.path)?.[1] ?? '');
    return json(operation.answer({ state, caller: key, region, body: (route.body ?? {}) as JsonObject, id }));
  }

  function control(method: string, path: string, rawBody: string): Answer {
    const body = rawBody === '' ? undefined : (JSON.parse(rawBody) as unknown);
    const job = state.jobs.find(({ jobId }) => path === `/_control/jobs/${jobId}`);
    if (method === 'GET' && path === '/_control/state') {
      return json({ ...state, faults: faults.list() });
    }
    if (method === 'POST' && path === '/_control/state') {
      Object.assign(state, body);
    } else if (method === 'POST' && path === '/_control/faults') {
      faults.add(...((Array.isArray(body) ? body : [body]) as Fault[]));
    } else if (method === 'DELETE' && path === '/_control/faults') {
      faults.clear();
    } else if (method === 'POST' && path === '/_control/reset') {
      reset();
    } else if (method === 'POST' && job) {
      Object.assign(job, body);
    } else {
      return { status: 404, headers: { 'content-type': 'application/json' }, body: '{"message":"no such control"}' };
    }
    return json({});
  }

  function reset(): void {
    faults.clear();
    Object.assign(state, initialState(account), options.state);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    state,
    faults,
    requests: (operation) => state.requests.filter((request) => request.operation === operation),
    environment: {
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_SSO: url,
      AWS_ENDPOINT_URL_SSO_OIDC: url,
      AWS_ENDPOINT_URL_SIGNIN: url,
    },
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        hanging.clear();
      }),
  };
}

interface Route {
  kind: 'macie' | 'sts' | 'sso' | 'sso-oidc' | 'signin' | 'container' | 'metadata' | 'unknown';
  operation: string;
  unsigned: boolean;
  body?: Json;
}

function routeOf(method: string, path: string, headers: Record<string, string>, rawBody: string): Route {
  const at = `${method} ${path}`;
  if (at === 'POST /' && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    const body = Object.fromEntries(new URLSearchParams(rawBody));
    const operation = body.Action ?? '';
    return { kind: 'sts', operation, unsigned: UNSIGNED_ACTIONS.has(operation), body };
  }
  const body = parsed(rawBody);
  const unsigned: Record<string, [Route['kind'], string]> = {
    'GET /federation/credentials': ['sso', 'GetRoleCredentials'],
    'POST /token': ['sso-oidc', 'CreateToken'],
    'POST /v1/token': ['signin', 'CreateOAuth2Token'],
    'GET /container/credentials': ['container', 'ContainerCredentials'],
  };
  const [kind, operation] = unsigned[at] ?? [];
  if (kind && operation) {
    return { kind, operation, unsigned: true, body };
  }
  if (path.startsWith('/latest/')) {
    return { kind: 'metadata', operation: 'InstanceMetadata', unsigned: true };
  }
  const macie = OPERATIONS.find((entry) => entry.method === method && entry.path.test(path));
  return { kind: macie ? 'macie' : 'unknown', operation: macie?.name ?? at, unsigned: false, body };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function signatureError(fault: SignatureFault, service: string): ErrorAnswer {
  const sts = service === 'sts';
  switch (fault) {
    case 'missing':
      return {
        status: 403,
        type: sts ? 'MissingAuthenticationToken' : 'MissingAuthenticationTokenException',
        message: 'Missing Authentication Token',
      };
    case 'unknown-key':
      return {
        status: 403,
        type: sts ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      };
    case 'expired':
      return {
        status: 403,
        type: sts ? 'ExpiredToken' : 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
      };
    case 'clock-skew':
      return {
        status: 403,
        type: sts ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
        message: 'Signature expired: the time of the request is too far from the time of the service.',
      };
    case 'wrong-signature':
      return {
        status: 403,
        type: sts ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
        message:
          'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
      };
  }
}

function errorAnswer(route: Route, error: ErrorAnswer, date?: Date): Answer {
  const dated: Record<string, string> = date ? { date: date.toUTCString() } : {};
  const requestId = randomUUID();
  if (route.kind === 'sts') {
    const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${escapeXml(error.type)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
    return {
      status: error.status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...dated },
      body,
    };
  }
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.type,
      ...dated,
    },
    body: JSON.stringify({ message: error.message, ...(error instanceof LoginRefusal ? { error: error.error } : {}) }),
  };
}

function json(value: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(value),
  };
}

function xml(action: string, result: Record<string, string | Record<string, string>>): Answer {
  const element = (members: Record<string, string | Record<string, string>>): string =>
    Object.entries(members)
      .map(([name, value]) => `<${name}>${typeof value === 'string' ? escapeXml(value) : element(value)}</${name}>`)
      .join('');
  const requestId = randomUUID();
  return {
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${element(result)}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
  };
}

const escapeXml = (text: string): string => text.replace(/[<>&]/g, (char) => `&#${char.charCodeAt(0)};`);

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
