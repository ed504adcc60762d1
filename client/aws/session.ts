/** A session: one set of credentials, one Region, and the calls of a submission, by the AWS SDK. */
import type { CreateClassificationJobCommandInput, Macie2ClientConfig } from '@aws-sdk/client-macie2';
import {
  BatchGetCustomDataIdentifiersCommand,
  CreateClassificationJobCommand,
  DescribeClassificationJobCommand,
  GetAllowListCommand,
  GetClassificationExportConfigurationCommand,
  GetMacieSessionCommand,
  GetUsageStatisticsCommand,
  ListClassificationJobsCommand,
  ListManagedDataIdentifiersCommand,
  Macie2Client,
  SearchResourcesCommand,
} from '@aws-sdk/client-macie2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { sessionCredentials } from './credentials.js';
import { configuredEndpoint, isEndpointAddress } from './endpoint.js';
import { toAwsProblem } from './errors.js';
import { sendExactly } from './exactBody.js';
import type { ErrorContext } from './problemTexts.js';
import { awsError } from './problemTexts.js';
import type { Environment } from './sharedFiles.js';
import { readSharedFiles } from './sharedFiles.js';
import type {
  AllowListState,
  AwsTarget,
  BucketMatch,
  IdentifierState,
  JobDescription,
  JobListing,
  Json,
  JsonObject,
  MacieSession,
  SessionOptions,
} from './types.js';
import { AwsError } from './types.js';

const CONNECTION_TIMEOUT_MS = 10_000;
const DEFAULT_TIMEOUT_MS = 60_000;
const READ_ATTEMPTS = 3;
/** Buckets in one page of SearchResources; the service gives no more. */
const PAGE = 50;
/** Ids that one BatchGetCustomDataIdentifiers is asked for; a job may have as many. */
const IDS = 30;
/** A list that has more pages than this is not read to its end. */
const MOST_PAGES = 100;

/** Opens a session. Nothing is read and nothing is called before the first use. `environment` is that of the process. */
export function openSession(
  target: AwsTarget,
  options: SessionOptions = {},
  environment: Environment = process.env,
): MacieSession {
  const timeout = options.timeout ?? DEFAULT_TIMEOUT_MS;
  const common = {
    region: target.region,
    ...(target.source.kind === 'profile' ? { profile: target.source.name } : {}),
    ...(options.userAgent ? { customUserAgent: options.userAgent } : {}),
  };
  // Without an endpoint of our own choice the SDK would look for one in the profile `default` or in AWS_PROFILE's.
  const macieConfig: Macie2ClientConfig = {
    ...common,
    ...(target.endpoint && isEndpointAddress(target.endpoint)
      ? { endpoint: target.endpoint }
      : { ignoreConfiguredEndpointUrls: true }),
  };
  const macie = new Macie2Client({
    ...macieConfig,
    maxAttempts: READ_ATTEMPTS,
    credentials: () => credentials.current(),
    requestHandler: {
      connectionTimeout: Math.min(CONNECTION_TIMEOUT_MS, timeout),
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
    },
  });
  const { requestHandler } = macie.config;
  const { source, region } = target;
  const credentialContext: ErrorContext = { action: 'credentials', source, region, step: 'credentials' };
  const credentials = sessionCredentials(target, {
    environment,
    mfaCode: options.mfaCode,
    requestHandler,
    context: credentialContext,
  });
  let sts: Promise<STSClient> | undefined;

  /** STS at the address that the environment and the profile give it, which is none of Macie's. */
  async function stsClient(): Promise<STSClient> {
    const files = await readSharedFiles(environment);
    const endpoint = configuredEndpoint('sts', { environment, source: target.source, files })?.value;
    return new STSClient({
      ...common,
      ...(endpoint ? { endpoint } : { ignoreConfiguredEndpointUrls: true }),
      maxAttempts: READ_ATTEMPTS,
      credentials: () => credentials.current(),
      requestHandler,
    });
  }

  /**
   * Does one call: credentials first, without a time limit as the user may be asked for a code, then the call with one.
   * Whatever it throws becomes an `AwsError`.
   */
  async function run<T>(
    action: string,
    signal: AbortSignal | undefined,
    call: (signal: AbortSignal, progress: Progress) => Promise<T>,
  ): Promise<T> {
    const progress: Progress = { sent: false };
    if (target.endpoint !== undefined && !isEndpointAddress(target.endpoint)) {
      throw awsError('unknown-host', credentialContext, {
        sentence: 'The endpoint that is set for Macie is not an address that begins with https:// or http://.',
        nextStep: 'Mend the endpoint in the settings, the environment or the profile.',
      });
    }
    try {
      await orAborted(credentials.current(), signal);
    } catch (error) {
      throw new AwsError(toAwsProblem(error, { ...credentialContext, signal }));
    }
    const limit = AbortSignal.timeout(timeout);
    const either = signal ? AbortSignal.any([signal, limit]) : limit;
    try {
      return await orAborted(call(either, progress), either);
    } catch (error) {
      throw new AwsError(toAwsProblem(error, { ...callContext(action), signal: either, sent: progress.sent }));
    }
  }

  function callContext(action: string): ErrorContext {
    const secrets = [credentials.held?.secretAccessKey, credentials.held?.sessionToken].filter(
      (secret) => secret !== undefined,
    );
    const endpoint = action.startsWith('macie2:') ? target.endpoint : undefined;
    return {
      ...credentialContext,
      action,
      step: 'call',
      ...(endpoint ? { endpoint } : {}),
      secrets: [...(credentialContext.secrets ?? []), ...secrets],
    };
  }

  async function createJob(
    request: JsonObject,
    clientToken: string,
    { signal, onSending, renewals }: Parameters<MacieSession['createJob']>[2] = {},
  ): ReturnType<MacieSession['createJob']> {
    return run('macie2:CreateClassificationJob', signal, async (limited, progress) => {
      const { $schema: _, ...members } = request;
      if (members.clientToken !== undefined && members.clientToken !== clientToken) {
        throw awsError('request-changed', credentialContext);
      }
      const frozen = JSON.stringify({ ...members, clientToken });
      const identity = await credentials.current();
      if (renewals !== undefined && credentials.renewals !== renewals) {
        throw awsError('credentials-renewed', credentialContext);
      }
      // A client for this request alone: one attempt, and exactly the credentials that were just checked.
      const creator = new Macie2Client({
        ...macieConfig,
        maxAttempts: 1,
        credentials: identity,
        requestHandler,
        systemClockOffset: macie.config.systemClockOffset,
      });
      const command = new CreateClassificationJobCommand(
        JSON.parse(frozen) as unknown as CreateClassificationJobCommandInput,
      );
      sendExactly(command.middlewareStack, frozen, {
        refuse: () => awsError('request-changed', credentialContext),
        leaving: () => {
          limited.throwIfAborted();
          onSending?.();
          limited.throwIfAborted();
          progress.sent = true;
        },
      });
      const { jobId, jobArn } = await creator.send(command, { abortSignal: limited });
      if (!jobId || !jobArn) {
        throw new Error('The answer names no job.');
      }
      return { jobId, jobArn };
    });
  }

  async function searchResources(
    bucketCriteria: JsonObject,
    limit: number,
    signal?: AbortSignal,
  ): ReturnType<MacieSession['bucketsMatching']> {
    return run('macie2:SearchResources', signal, async (limited) => {
      const buckets: BucketMatch[] = [];
      let nextToken: string | undefined;
      do {
        const command = new SearchResourcesCommand({
          bucketCriteria,
          maxResults: Math.min(PAGE, limit - buckets.length),
          sortCriteria: { attributeName: 'S3_CLASSIFIABLE_SIZE_IN_BYTES', orderBy: 'DESC' },
          nextToken,
        });
        // Criteria of which a part is dropped on the way would show other buckets than the job will read.
        sendExactly(command.middlewareStack, JSON.stringify(bucketCriteria), {
          refuse: () => awsError('request-changed', credentialContext),
          part: (body) => (body as JsonObject).bucketCriteria,
        });
        const page = await macie.send(command, { abortSignal: limited });
        for (const { matchingBucket } of page.matchingResources ?? []) {
          if (matchingBucket?.bucketName && matchingBucket.accountId) {
            buckets.push({
              accountId: matchingBucket.accountId,
              name: matchingBucket.bucketName,
              objects: matchingBucket.classifiableObjectCount,
              classifiableBytes: matchingBucket.classifiableSizeInBytes,
              compressedBytes: matchingBucket.sizeInBytesCompressed,
              errorCode: matchingBucket.errorCode,
            });
          }
        }
        nextToken = page.nextToken;
      } while (nextToken && buckets.length < limit);
      return { buckets, more: nextToken !== undefined };
    });
  }

  return {
    target,
    get renewals() {
      return credentials.renewals;
    },
    createJob,

    caller: (signal) =>
      run('sts:GetCallerIdentity', signal, async (limited) => {
        sts ??= stsClient();
        const { Account, Arn, UserId } = await (await sts).send(new GetCallerIdentityCommand({}), {
          abortSignal: limited,
        });
        if (!Account || !Arn || !UserId) {
          throw new Error('The answer names no caller.');
        }
        return { account: Account, arn: Arn, userId: UserId };
      }),

    describeJob: (jobId, signal) =>
      run('macie2:DescribeClassificationJob', signal, async (limited) => {
        const { $metadata: _, ...job } = await macie.send(new DescribeClassificationJobCommand({ jobId }), {
          abortSignal: limited,
        });
        return plain(job) as JobDescription;
      }),

    jobsNamed: (name, { createdAfter, signal } = {}) =>
      run('macie2:ListClassificationJobs', signal, async (limited) => {
        const jobs: JobListing[] = [];
        let nextToken: string | undefined;
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const answer = await macie.send(
            new ListClassificationJobsCommand({
              filterCriteria: { includes: [{ key: 'name', comparator: 'EQ', values: [name] }] },
              sortCriteria: { attributeName: 'createdAt', orderBy: 'DESC' },
              nextToken,
            }),
            { abortSignal: limited },
          );
          let older = false;
          for (const { jobId, createdAt, jobStatus = '', jobType = '', ...job } of answer.items ?? []) {
            older ||= createdAfter !== undefined && createdAt !== undefined && createdAt < createdAfter;
            if (jobId && job.name === name && !older) {
              jobs.push({ jobId, name, jobType, jobStatus, createdAt: createdAt?.toISOString() ?? '' });
            }
          }
          nextToken = answer.nextToken;
          if (!nextToken || older) {
            break;
          }
        }
        return jobs;
      }),

    macieStatus: (signal) =>
      run('macie2:GetMacieSession', signal, async (limited) => {
        const { status } = await macie.send(new GetMacieSessionCommand({}), { abortSignal: limited });
        return status ?? '';
      }),

    customDataIdentifiers: (ids, signal) =>
      run('macie2:BatchGetCustomDataIdentifiers', signal, async (limited) => {
        const states = new Map<string, IdentifierState>();
        const unique = [...new Set(ids)];
        for (let start = 0; start < unique.length; start += IDS) {
          const asked = unique.slice(start, start + IDS);
          const answer = await macie.send(new BatchGetCustomDataIdentifiersCommand({ ids: asked }), {
            abortSignal: limited,
          });
          for (const { id, name, deleted } of answer.customDataIdentifiers ?? []) {
            if (id) {
              states.set(id, { id, name, state: deleted ? 'deleted' : 'ok' });
            }
          }
        }
        return unique.map((id) => states.get(id) ?? { id, state: 'missing' });
      }),

    allowLists: (ids, signal) =>
      run('macie2:GetAllowList', signal, (limited) =>
        Promise.all(
          [...new Set(ids)].map(async (id): Promise<AllowListState> => {
            try {
              const { name, status, criteria } = await macie.send(new GetAllowListCommand({ id }), {
                abortSignal: limited,
              });
              return {
                id,
                name,
                state: status?.code === 'OK' ? 'ok' : 'broken',
                status: status?.code,
                kind: criteria?.regex === undefined ? 'text' : 'regex',
              };
            } catch (error) {
              if (error instanceof Error && error.name === 'ResourceNotFoundException') {
                return { id, state: 'missing' };
              }
              throw error;
            }
          }),
        ),
      ),

    managedDataIdentifiers: (signal) =>
      run('macie2:ListManagedDataIdentifiers', signal, async (limited) => {
        const ids: string[] = [];
        let nextToken: string | undefined;
        for (let page = 0; page < MOST_PAGES; page += 1) {
          const answer = await macie.send(new ListManagedDataIdentifiersCommand({ nextToken }), {
            abortSignal: limited,
          });
          ids.push(...(answer.items ?? []).map(({ id }) => id).filter((id) => id !== undefined));
          nextToken = answer.nextToken;
          if (!nextToken) {
            break;
          }
        }
        return ids;
      }),

    bucketsMatching: (bucketCriteria, { limit = 500, signal } = {}) => searchResources(bucketCriteria, limit, signal),

    bucketsNamed: async (names, signal) => {
      const unique = [...new Set(names)];
      const found: BucketMatch[] = [];
      for (let start = 0; start < unique.length; start += PAGE) {
        const values = unique.slice(start, start + PAGE);
        const criteria = {
          includes: { and: [{ simpleCriterion: { comparator: 'EQ', key: 'S3_BUCKET_NAME', values } }] },
        };
        found.push(...(await searchResources(criteria, PAGE, signal)).buckets);
      }
      return found;
    },

    hasResultsBucket: (signal) =>
      run('macie2:GetClassificationExportConfiguration', signal, async (limited) => {
        const { configuration } = await macie.send(new GetClassificationExportConfigurationCommand({}), {
          abortSignal: limited,
        });
        return Boolean(configuration?.s3Destination?.bucketName);
      }),

    quota: (signal) =>
      run('macie2:GetUsageStatistics', signal, async (limited) => {
        const { records = [] } = await macie.send(new GetUsageStatisticsCommand({}), { abortSignal: limited });
        const limits = records
          .flatMap(({ usage }) => usage ?? [])
          .filter(({ type }) => type === 'SENSITIVE_DATA_DISCOVERY')
          .map(({ serviceLimit }) => serviceLimit);
        const values = limits.map((limit) => limit?.value).filter((value) => value !== undefined);
        return {
          ...(values.length > 0 ? { limitTerabytes: Math.min(...values) } : {}),
          met: limits.some((limit) => limit?.isServiceLimited === true),
        };
      }),

    close: () => {
      macie.destroy();
    },
  };
}

interface Progress {
  /** True once a request that creates something was handed to the socket. */
  sent: boolean;
}

/** The promise's result, or a rejection as soon as the signal aborts: not everything on the way listens to signals. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) {
    return promise;
  }
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) {
      abort();
    }
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** SDK values as JSON: dates as ISO 8601, absent members left out. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
