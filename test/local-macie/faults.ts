/** Faults that a test orders for an operation of the local endpoint. */

export type FaultKind =
  /** Waits `delay` milliseconds, then goes on. */
  | 'latency'
  /** Never answers. */
  | 'hang'
  /** Closes the connection without doing what was asked. */
  | 'reset-before'
  /** Does what was asked, then closes the connection without an answer. */
  | 'reset-after'
  /** Does what was asked, sends the head and half of the body, then closes the connection. */
  | 'cut-answer'
  /** Does what was asked, then answers 500. */
  | 'fault-after'
  /** Answers with a page that is not of the service, as a captive portal does. */
  | 'foreign-page'
  | 'proxy-refused'
  | 'throttled'
  | 'service-fault'
  | 'service-unavailable'
  | 'macie-not-enabled'
  | 'role-not-propagated'
  | 'access-denied'
  | 'expired-token'
  | 'invalid-token'
  | 'clock-skew'
  | 'quota-exceeded'
  | 'conflict'
  | 'not-found'
  | 'validation'
  /** Answers with `status`, `type` and `message` as they are given. */
  | 'error';

export interface Fault {
  /** Name of the operation, for example CreateClassificationJob or AssumeRole; `*` for all. */
  operation: string;
  kind: FaultKind;
  /** Which calls of the operation, counted from 1 since the fault was ordered; all where absent. */
  calls?: number[];
  /** Milliseconds, for `latency`; for `cut-answer` and the resets, how long to wait before the cut. */
  delay?: number;
  /** Member that a ValidationException names. */
  member?: string;
  /** Replaces the text of the error. */
  message?: string;
  /** Replaces the status. */
  status?: number;
  /** Replaces the name of the error. */
  type?: string;
}

export interface ErrorAnswer {
  status: number;
  type: string;
  message: string;
}

interface Ordered {
  fault: Fault;
  seen: number;
}

export class Faults {
  private ordered: Ordered[] = [];

  add(...faults: Fault[]): void {
    this.ordered.push(...faults.map((fault) => ({ fault, seen: 0 })));
  }

  clear(): void {
    this.ordered = [];
  }

  list(): Fault[] {
    return this.ordered.map(({ fault }) => fault);
  }

  /** The faults that apply to this call, in the order in which they were set. */
  next(operation: string): Fault[] {
    const due: Fault[] = [];
    for (const entry of this.ordered) {
      if (entry.fault.operation !== operation && entry.fault.operation !== '*') {
        continue;
      }
      entry.seen += 1;
      if (entry.fault.calls === undefined || entry.fault.calls.includes(entry.seen)) {
        due.push(entry.fault);
      }
    }
    return due;
  }
}

/**
 * The error that a fault answers with, or undefined where it answers with none. The texts are of the kind that AWS
 * is known to send; where no real text is known they are only plausible.
 */
export function faultAnswer(fault: Fault, caller: string, service: string, operation: string): ErrorAnswer | undefined {
  const isSts = service === 'sts';
  const answers: Partial<Record<FaultKind, ErrorAnswer>> = {
    throttled: {
      status: isSts ? 400 : 429,
      type: isSts ? 'Throttling' : 'ThrottlingException',
      message: 'Rate exceeded',
    },
    'service-fault': {
      status: 500,
      type: isSts ? 'InternalFailure' : 'InternalServerException',
      message: 'Internal server error',
    },
    'fault-after': {
      status: 500,
      type: isSts ? 'InternalFailure' : 'InternalServerException',
      message: 'Internal server error',
    },
    'service-unavailable': { status: 503, type: 'ServiceUnavailable', message: 'Service Unavailable' },
    'macie-not-enabled': { status: 401, type: 'AccessDeniedException', message: 'Macie is not enabled.' },
    'role-not-propagated': {
      status: 400,
      type: 'ValidationException',
      message:
        "Macie can't create the job right now because the service-linked role for your account hasn't finished propagating. Try again in a few minutes.",
    },
    'access-denied': {
      status: 403,
      type: isSts ? 'AccessDenied' : 'AccessDeniedException',
      message: `User: ${caller} is not authorized to perform: ${service}:${operation} on resource: arn:aws:${service}:*:*:${operation === 'CreateClassificationJob' ? 'classification-job/*' : '*'} because no identity-based policy allows the ${service}:${operation} action`,
    },
    'expired-token': {
      status: 403,
      type: isSts ? 'ExpiredToken' : 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    },
    'invalid-token': {
      status: 403,
      type: isSts ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    },
    'clock-skew': {
      status: 403,
      type: isSts ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
      message: 'Signature expired: 20200101T000000Z is now earlier than 20200101T001000Z (20200101T001500Z - 5 min.)',
    },
    'quota-exceeded': {
      status: 402,
      type: 'ServiceQuotaExceededException',
      message: 'You have reached the limit of jobs that you can create.',
    },
    conflict: {
      status: 409,
      type: 'ConflictException',
      message: 'The request conflicts with the current state of the resource.',
    },
    'not-found': { status: 404, type: 'ResourceNotFoundException', message: 'The specified resource was not found.' },
    validation: {
      status: 400,
      type: 'ValidationException',
      message: `The request was rejected because the value for ${fault.member ?? 'name'} isn't valid.`,
    },
    error: { status: fault.status ?? 400, type: fault.type ?? 'UnknownException', message: fault.message ?? 'Error' },
  };
  const answer = answers[fault.kind];
  return (
    answer && {
      status: fault.status ?? answer.status,
      type: fault.type ?? answer.type,
      message: fault.message ?? answer.message,
    }
  );
}
