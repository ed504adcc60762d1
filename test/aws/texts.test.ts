/** Redaction, one-line texts, members in messages, denials and console links. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { parseDenial } from '../../client/aws/accessDenied.js';
import { jobConsoleUrl, macieConsoleUrl, parseArn, partitionOf } from '../../client/aws/console.js';
import { toAwsProblem } from '../../client/aws/errors.js';
import { membersIn } from '../../client/aws/jobMembers.js';
import { awsError } from '../../client/aws/problemTexts.js';
import { oneLine, redact } from '../../client/aws/redact.js';
import { AwsError } from '../../client/aws/types.js';

describe('redact', () => {
  const secrets: Record<string, string> = {
    'access key': 'key AKIAIOSFODNN7EXAMPLE here',
    'temporary access key': 'ASIAIOSFODNN7EXAMPLE',
    'secret key alone': 'see wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYx',
    'secret key by name': 'aws_secret_access_key = short',
    'JSON member': '{"SecretAccessKey": "short value", "Version": 1}',
    'session token': `x-amz-security-token:${randomBytes(60).toString('base64')}`,
    'SSO token': `token ${randomBytes(60).toString('base64url')}`,
    header: 'Authorization: Bearer short',
    'web token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig',
    password: "password='short'",
    signature: 'X-Amz-Signature=0123abc',
  };
  for (const [name, text] of Object.entries(secrets)) {
    test(name, () => {
      const clean = redact(text);
      assert.match(clean, /\[redacted\]/);
      assert.doesNotMatch(clean, /IOSFODNN7|wJalr|short|eyJ|0123abc/);
    });
  }
  test('exact secrets, whatever they look like', () => {
    assert.equal(redact('the word plain is one', ['plain']), 'the word [redacted] is one');
  });
  test('what is no secret stays', () => {
    const text =
      'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/someone@example.com is not authorized to perform: macie2:CreateClassificationJob on job 8e4095528bb44463858679645a66546c, request 977c2710-09b1-47b5-ab28-f214269f6735';
    assert.equal(redact(text), text);
  });
});

test('one line: no breaks, no control or bidirectional characters, cut', () => {
  assert.equal(oneLine('a\r\nb\u2028c\u0000d\u202Ee\u2066f\u200Bg'), 'a b c defg');
  assert.equal(oneLine('x'.repeat(400)).length, 300);
});

describe('members in a message', () => {
  const table: [string, string[]][] = [
    ['Value at samplingPercentage is out of range', ['samplingPercentage']],
    [
      "1 validation error detected: Value at 's3JobDefinition.bucketDefinitions' failed",
      ['s3JobDefinition', 'bucketDefinitions'],
    ],
    ['The value for name is too long', ['name']],
    ['Invalid tags', ['tags']],
    ["'description' must not be longer than 200", ['description']],
    ['DayOfMonth must be between 1 and 31', ['dayOfMonth']],
    ['The name of the bucket is not valid, see the description', []],
    ['The request includes values that are not valid', []],
  ];
  for (const [message, members] of table) {
    test(message, () => assert.deepEqual(membersIn(message), members));
  }
});

describe('denials', () => {
  test('action and resource', () => {
    assert.deepEqual(
      parseDenial(
        'User: arn:aws:iam::1:user/a is not authorized to perform: macie2:SearchResources on resource: arn:aws:macie2:eu-west-1:1:* because no identity-based policy allows the macie2:SearchResources action',
      ),
      { action: 'macie2:SearchResources', resource: 'arn:aws:macie2:eu-west-1:1:*', explicit: false },
    );
  });
  test('without a resource, with an explicit deny, without anything', () => {
    assert.deepEqual(parseDenial('User: x is not authorized to perform: sts:AssumeRole with an explicit deny'), {
      action: 'sts:AssumeRole',
      explicit: true,
    });
    assert.deepEqual(parseDenial('Access denied'), { explicit: false });
  });
});

describe('errors as they come', () => {
  const context = {
    action: 'macie2:GetMacieSession',
    source: { kind: 'environment' },
    region: 'eu-west-1',
    step: 'call',
  } as const;
  test('an AwsError keeps its problem', () => {
    const error = awsError('throttled', context);
    assert.equal(toAwsProblem(error, context), error.problem);
    assert.ok(error instanceof AwsError);
  });
  test('whatever is thrown becomes a problem', () => {
    for (const thrown of [undefined, null, 'text', 5, {}, new Error(), Object.assign(new Error('x'), { cause: 'y' })]) {
      const problem = toAwsProblem(thrown, context);
      assert.equal(problem.code, 'unknown');
      assert.match(problem.sentence, /^The call of macie2:GetMacieSession failed/);
    }
  });
  const codes: [object, string, boolean][] = [
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'certificate-unknown', false],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate-unknown', false],
    [{ code: 'CERT_HAS_EXPIRED' }, 'certificate-unknown', false],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate-unknown', false],
    [{ code: 'EAI_AGAIN' }, 'unknown-host', false],
    [{ code: 'ENETUNREACH' }, 'connection-refused', false],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'timed-out', false],
    [{ code: 'ETIMEDOUT', syscall: 'read' }, 'timed-out', true],
    [{ code: 'EPIPE', syscall: 'write' }, 'connection-lost', true],
    [{ errors: [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED ::1:1' }] }, 'connection-refused', false],
    [{ cause: { code: 'ENOTFOUND' } }, 'unknown-host', false],
  ];
  for (const [error, code, mayHaveHappened] of codes) {
    test(`${JSON.stringify(error)}: ${code}`, () => {
      const problem = toAwsProblem(Object.assign(new Error('failed'), error), { ...context, sent: true });
      assert.deepEqual([problem.code, problem.mayHaveHappened], [code, mayHaveHappened]);
    });
  }
  test('names from the machine cannot forge a line', () => {
    const problem = toAwsProblem(Object.assign(new Error('x'), { name: 'ExpiredToken' }), {
      ...context,
      source: { kind: 'profile', name: 'a\nERROR: b\u202E' },
    });
    assert.equal(problem.sentence, 'The credentials of the profile "a ERROR: b" have expired.');
  });
});

describe('console', () => {
  const job = '8e4095528bb44463858679645a66546c';
  test('a job, by partition and Region', () => {
    const arn = (partition: string, region: string): string =>
      `arn:${partition}:macie2:${region}:111122223333:classification-job/${job}`;
    assert.equal(
      jobConsoleUrl(arn('aws', 'eu-west-1')),
      `https://eu-west-1.console.aws.amazon.com/macie/home?region=eu-west-1#jobs?itemId=${job}`,
    );
    assert.match(
      jobConsoleUrl(arn('aws-us-gov', 'us-gov-west-1')) ?? '',
      /^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//,
    );
    assert.match(jobConsoleUrl(arn('aws-cn', 'cn-north-1')) ?? '', /^https:\/\/cn-north-1\.console\.amazonaws\.cn\//);
  });
  test('what is no job has no link', () => {
    for (const text of [
      '',
      'arn:aws:s3:::bucket',
      'arn:elsewhere:macie2:r:1:classification-job/x',
      'arn:aws:macie2:evil.example/#:1:classification-job/x',
      'arn:aws:macie2:eu-west-1:1:classification-job/x?y',
    ]) {
      assert.equal(jobConsoleUrl(text), undefined, text);
    }
  });
  test('parts of an ARN, partitions', () => {
    assert.deepEqual(parseArn('arn:aws:logs:eu-west-1:111122223333:log-group:a'), {
      partition: 'aws',
      service: 'logs',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'log-group:a',
    });
    assert.deepEqual(['eu-west-1', 'cn-north-1', 'us-gov-east-1'].map(partitionOf), ['aws', 'aws-cn', 'aws-us-gov']);
    assert.equal(macieConsoleUrl('eu-west-1'), 'https://eu-west-1.console.aws.amazon.com/macie/home?region=eu-west-1');
    assert.equal(macieConsoleUrl('a/b'), undefined);
  });
});
