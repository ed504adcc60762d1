/** Amazon resource names, and addresses in the AWS console. */

export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  resource: string;
}

/** The parts of an ARN, or undefined where the text is none. The resource may hold further colons. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition = '', service = '', region = '', account = '', ...resource] = text.split(':');
  return prefix === 'arn' && partition !== '' && service !== '' && resource.length > 0
    ? { partition, service, region, account, resource: resource.join(':') }
    : undefined;
}

/** Partition of a Region by its name, for a Region that no ARN tells it of. */
export function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

const CONSOLE_HOSTS: Record<string, string> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/**
 * Address of a job in the AWS console. `jobArn` is the ARN that the service returned; undefined where it is not an ARN
 * of a job, or of a partition whose console is not known.
 */
export function jobConsoleUrl(jobArn: string): string | undefined {
  const arn = parseArn(jobArn);
  const jobId = arn?.resource.match(/^classification-job\/([\w-]+)$/)?.[1];
  const host = arn && CONSOLE_HOSTS[arn.partition];
  if (!arn || !jobId || !host || !/^[a-z0-9-]+$/.test(arn.region)) {
    return undefined;
  }
  return `https://${arn.region}.${host}/macie/home?region=${arn.region}#jobs?itemId=${encodeURIComponent(jobId)}`;
}

/** Address of Macie's start page in a Region, where Macie is switched on. */
export function macieConsoleUrl(region: string): string | undefined {
  const host = CONSOLE_HOSTS[partitionOf(region)];
  return host && /^[a-z0-9-]+$/.test(region) ? `https://${region}.${host}/macie/home?region=${region}` : undefined;
}
