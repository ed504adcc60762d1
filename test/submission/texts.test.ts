/** What the user reads before a job is created: whatever stands in the file, it is short, whole and cannot be forged. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { policyStatement } from '../../client/aws/accessDenied.js';
import type { BucketMatch, MacieSession } from '../../client/aws/types.js';
import { composeConfirmation, type Plan, summaryLines } from '../../client/submission/confirmation.js';
import {
  label,
  markdownCode,
  markdownText,
  oneLine,
  quoted,
  visible,
  visibleJson,
} from '../../client/submission/escape.js';
import { estimate, formatBytes, formatPrice } from '../../client/submission/estimate.js';
import { canonicalJson, freezeRequest } from '../../client/submission/frozen.js';
import { Cancelled, type Clock } from '../../client/submission/ports.js';
import { type Preflight, preflight } from '../../client/submission/preflight.js';
import { ownProblem } from '../../client/submission/problems.js';
import { composeReport } from '../../client/submission/report.js';
import { checkForSubmission } from '../../server/language/submission.js';
import { analyzeText } from '../rules/analyze.js';
import { definition, FastClock, FILE } from './stage.js';

const CALLER = {
  account: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/security-audit/someone@example.com',
  userId: 'AROAEXAMPLE:someone',
};

function planOf(text: string, more: Partial<Plan> = {}): Plan {
  return {
    checked: { ...checkForSubmission(analyzeText(text)), file: FILE },
    source: { value: { kind: 'profile', name: 'audit' }, from: "this workspace's choice" },
    region: { value: 'eu-west-1', from: 'AWS_REGION' },
    regionKnown: true,
    caller: CALLER,
    preflight: { parts: [], moreBuckets: false, sameName: [] },
    earlier: [],
    unsettled: [],
    tokenFromFile: false,
    isProtected: false,
    settings: { protectedAccounts: [], pricePerGigabyte: 1, priceIsDefault: true },
    ...more,
  };
}

const GB = 1024 ** 3;

const sized = (number: number): Preflight => ({
  parts: [],
  moreBuckets: false,
  sameName: [],
  estimate: { total: number * GB, analyzed: number * GB, known: 3, unknown: 0 },
});

/** A plan in which everything that can be said has to be said. */
function crowded(text: string): Plan {
  const earlier = {
    jobId: 'f9d91733ace0a93c09e8da13f598916e',
    jobArn: 'arn:aws:macie2:eu-west-1:111122223333:classification-job/f9d91733ace0a93c09e8da13f598916e',
    jobName: 'x',
    valueHash: 'h',
    fileName: 'f',
    fileUri: 'u',
    source: { kind: 'profile', name: 'audit' } as const,
    account: CALLER.account,
    region: 'eu-west-1',
    confirmedAt: '2026-11-01T10:00:00.000Z',
  };
  const parts = Array.from({ length: 8 }, (_, index) => ({
    title: `Part ${index}`,
    state: index % 2 === 0 ? ('note' as const) : ('unknown' as const),
    lines: [{ text: 'Something to see: {0}.', values: ['a\nb'.repeat(300)] }],
  }));
  return planOf(text, {
    earlier: [earlier, earlier],
    preflight: {
      parts,
      moreBuckets: true,
      sameName: [
        {
          jobId: '0'.repeat(32),
          name: 'x',
          jobType: 'ONE_TIME',
          jobStatus: 'RUNNING',
          createdAt: '2026-11-02T10:00:00Z',
        },
      ],
      estimate: { total: 3e15, analyzed: 3e15, known: 500, unknown: 3 },
    },
    endpoint: { value: 'http://127.0.0.1:4566/path', from: 'AWS_ENDPOINT_URL', fromWorkspace: true },
    source: { value: { kind: 'profile', name: 'audit' }, from: 'the settings', fromWorkspace: true },
    tokenFromFile: true,
    isProtected: true,
    regionKnown: false,
  });
}

describe('the confirmation', () => {
  test('a plain one-time job', () => {
    const { title, detail } = composeConfirmation(planOf(definition(), { preflight: sized(940) }));
    assert.equal(title, 'Create this job in account 111122223333, Region eu-west-1?');
    const lines = detail.split('\n');
    assert.equal(lines[0], `As ${CALLER.arn}`);
    assert.equal(lines[1], `Profile: "audit" (this workspace's choice). The Region comes from AWS_REGION.`);
    assert.equal(lines[2], 'Job: "Weekly check"');
    assert.match(detail, /Runs once, as soon as it is created\./);
    assert.match(detail, /\n• Analyzes 1 bucket of account 111122223333: example-logs\.\n/);
    assert.match(
      detail,
      /\n• Analyzes all objects of these buckets, as far as Macie can read them, without sampling\.\n/,
    );
    assert.match(
      detail,
      /Size: at most 940 GB in 3 buckets: about USD 940\.00 at USD 1 per GB \(list price of us-east-1/,
    );
    assert.match(detail, /cannot be changed/);
    assert.doesNotMatch(detail, /endpoint/i);
  });

  const scheduled = (more: Record<string, unknown>) =>
    definition({ jobType: 'SCHEDULED', scheduleFrequency: { weeklySchedule: { dayOfWeek: 'MONDAY' } }, ...more });

  test('a scheduled job, sampled, with and without a first run', () => {
    const later = composeConfirmation(planOf(scheduled({ samplingPercentage: 5 }), { preflight: sized(1) })).detail;
    assert.match(
      later,
      /Runs every Monday, and at once .*Analyzes a sample of the objects of these buckets: 5 percent/s,
    );
    assert.match(later, /only objects new or changed from now on/);
    assert.doesNotMatch(later, /USD/);
    const now = composeConfirmation(planOf(scheduled({ initialRun: true }), { preflight: sized(1) })).detail;
    assert.match(now, /Starts at once with all existing objects in its scope/);
    assert.match(now, /USD 1\.00/);
  });

  test('a custom endpoint, the environment, the user’s price, no price', () => {
    const { detail } = composeConfirmation(
      planOf(definition(), {
        endpoint: { value: 'http://127.0.0.1:1', from: 'the profile' },
        source: { value: { kind: 'environment' }, from: "this workspace's choice" },
        preflight: sized(10),
        settings: { protectedAccounts: [], pricePerGigabyte: 0.5, priceIsDefault: false },
      }),
    );
    assert.match(detail, /Not AWS's own endpoint: "http:\/\/127\.0\.0\.1:1"/);
    assert.match(detail, /environment of this machine/);
    assert.match(detail, /USD 5\.00 at USD 0\.5 per GB \(your setting\)/);
    const settings = { protectedAccounts: [], priceIsDefault: false };
    assert.doesNotMatch(composeConfirmation(planOf(definition(), { preflight: sized(10), settings })).detail, /USD/);
  });

  test('fewer than 15 lines, and not wide, whatever there is to say', () => {
    const buckets = Array.from({ length: 1000 }, (_, index) => `bucket-${index}-${'x'.repeat(40)}`);
    const huge = definition({
      name: 'n'.repeat(500),
      s3JobDefinition: { bucketDefinitions: [{ accountId: '111122223333', buckets }] },
    });
    for (const plan of [planOf(huge), crowded(huge), crowded(scheduled({ name: '\u202e'.repeat(400) }))]) {
      const { title, detail } = composeConfirmation(plan);
      const lines = [title, ...detail.split('\n')];
      assert.ok(lines.length < 15, `${lines.length} lines`);
      assert.ok(
        lines.every((line) => line.length <= (line.includes('Looks for data') ? 1_000 : 330)),
        lines.map((line) => line.length).join(),
      );
      assert.match(title, /account 111122223333, Region eu-west-1/);
      assert.equal(lines[1], `As ${CALLER.arn}`);
    }
    const { detail } = composeConfirmation(crowded(huge));
    assert.match(detail.split('\n')[1]!, /Submitted already.*f9d91733ace0a93c09e8da13f598916e.*the last of 2/);
    assert.match(detail, /more: see the report/);
    assert.match(detail, /and 997 more|Analyzes 1,000 buckets/);
  });

  test('what will run is told in whole sentences, or counted, and never cut', () => {
    const long = (name: string) => `${name}${'-x'.repeat(30)}`;
    const term = (key: string, comparator: string, ...values: string[]) => ({
      simpleScopeTerm: { key, comparator, values },
    });
    const many = ['one', 'two', 'three', 'four'].map(long);
    const text = definition({
      managedDataIdentifierSelector: 'EXCLUDE',
      managedDataIdentifierIds: ['NAME', 'ADDRESS'],
      s3JobDefinition: {
        bucketDefinitions: [
          { accountId: '111122223333', buckets: many },
          { accountId: '444455556666', buckets: many },
        ],
        scoping: {
          includes: { and: [term('OBJECT_KEY', 'STARTS_WITH', ...many), term('OBJECT_EXTENSION', 'EQ', 'csv')] },
          excludes: { and: [term('OBJECT_KEY', 'STARTS_WITH', ...many), term('OBJECT_SIZE', 'GT', '1024')] },
        },
      },
    });
    const { summary } = checkForSubmission(analyzeText(text));
    const whole = summaryLines(summary, 10_000);
    assert.equal(whole.length, 4, 'when, which buckets, which objects, and what for');
    assert.equal(whole.join(' '), summary.map((sentence) => sentence.text).join(' '));
    const shown = summaryLines(summary, 900);
    assert.ok(shown.join(' ').length <= 950, shown.join(' '));
    assert.equal(shown.at(-1), 'The report names what is counted here.');
    assert.ok(shown.includes('Analyzes 8 buckets of 2 accounts.'));
    // Each sentence stands there whole, or in its short form.
    let rest = shown.slice(0, -1).join(' ');
    for (const { text, short } of summary) {
      const said = rest.startsWith(text) ? text : (short ?? text);
      assert.ok(rest.startsWith(said), `${rest}\ndoes not go on with\n${said}`);
      rest = rest.slice(said.length).trim();
    }
    const short = summaryLines(summary, 0).join(' ');
    assert.match(short, /Leaves out objects that meet 2 conditions on key and size\./);
    assert.match(short, /Looks for data with all managed data identifiers except 2\./);
  });

  const forgeries = [
    'Good\nAs arn:aws:iam::999999999999:user/other',
    'a\r\nCreate this job in account 999999999999?',
    '\u2028next\u2029line\u0085nel\v\f',
    '\u202eecnuos\u202c \u2066x\u2069 \u200f\u200e\u061c',
    '[click](command:workbench.action.quit) <a href="x">y</a> ![i](http://example.com/i.png)',
    '" Region eu-west-9 "',
    '`code` **bold** | table | # heading\n- list',
    '$(error) $(check)',
    '\u0000\u001b[31mred\u0007',
    'zero\u200bwidth\ufeff\u{e0041}\u00ad\u3164\u115f',
    '```\n# Forged heading\n```',
    '\ud800 lone',
  ];
  for (const name of forgeries) {
    test(`a name that tries to forge: ${JSON.stringify(name)}`, () => {
      const text = definition({ name, description: name, tags: { [name]: name } });
      const checked = { ...checkForSubmission(analyzeText(text)), file: { ...FILE, name } };
      // As if nothing in the file were an error: the texts must hold by themselves.
      const plan = crowded(definition());
      plan.checked = { ...checked, facts: { ...checked.facts, name, buckets: name, schedule: name } };
      plan.preflight.parts[0]!.lines[0]!.values = [name];
      const { title, detail } = composeConfirmation(plan);
      const plain = composeConfirmation(crowded(definition()));
      assert.equal(detail.split('\n').length, plain.detail.split('\n').length);
      assert.equal(title, plain.title);
      assert.doesNotMatch(detail.replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u);
      assert.doesNotMatch(detail, /\]\((command|http)/);

      const report = composeReport(plan, freezeRequest(text));
      assert.doesNotMatch(report.replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u);
      // The forged name may be a problem of the file, and so add a section of its own.
      const headings = (markdown: string) =>
        markdown.split('\n').filter((line) => /^#+ /.test(line) && line !== '## Problems in the file');
      const expected = composeReport(crowded(definition()), freezeRequest(definition()));
      assert.deepEqual(headings(report), headings(expected));
      const outsideCode = report.replace(/(`+)json\n[\s\S]*?\n\1/g, '').replace(/(`+) [\s\S]*? \1(?!`)/g, '');
      assert.doesNotMatch(outsideCode, /(?<!\\)\]\(/);
      assert.doesNotMatch(outsideCode, /(?<!\\)<[a-z]/);
    });
  }
});

describe('escapes', () => {
  test('no text can leave its line, its quotes or its code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const shown of [
          quoted(text),
          oneLine(text),
          label(text),
          visible(text),
          markdownText(text),
          markdownCode(text),
        ]) {
          assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}]/u);
          assert.ok(
            !shown.includes('](') || shown === label(text) || shown === visible(text) || shown === markdownCode(text),
          );
        }
        assert.doesNotMatch(quoted(text, 500).slice(1, -1).replace(/\\./g, ''), /"/);
        assert.doesNotMatch(label(text), /(?<!\\)\$\(|\$\((?<!\$\\\()/);
        assert.doesNotMatch(markdownText(text).replace(/\\./g, ''), /[!-/:-@[-`{-~]/);
        assert.equal(JSON.parse(visibleJson(JSON.stringify(text))), text);
      }),
      { numRuns: 500 },
    );
  });

  test('what can be seen stays as it is', () => {
    assert.equal(quoted('Wöchentliche Prüfung 検査 №5'), '"Wöchentliche Prüfung 検査 №5"');
    assert.equal(quoted('a"b\\c'), '"a\\"b\\\\c"');
    assert.equal(quoted('x'.repeat(100), 10), '"xxxxxxxxx…"');
    assert.equal(quoted('a\u202eb'), '"a\\u{202e}b"');
    assert.equal(markdownCode('a`b'), '`` a`b ``');
  });
});

describe('the frozen value', () => {
  test('cannot be changed, also below', () => {
    const { value } = freezeRequest(definition());
    const below = value.s3JobDefinition as Record<string, unknown>;
    assert.throws(() => {
      below.bucketDefinitions = [];
    }, TypeError);
    assert.throws(() => {
      (value as Record<string, unknown>).name = 'other';
    }, TypeError);
  });

  test('a member called __proto__ stays a member', () => {
    const { value, hash } = freezeRequest('{"a":1,"__proto__":{"b":2}}');
    assert.equal(JSON.stringify(value), '{"a":1,"__proto__":{"b":2}}');
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.notEqual(hash, freezeRequest('{"a":1}').hash);
  });

  test('the canonical form is equal for equal values alone', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (a, b) => {
        const [left, right] = [JSON.parse(a), JSON.parse(b)];
        assert.deepEqual(JSON.parse(canonicalJson(left)), left);
        let equal = true;
        try {
          assert.deepStrictEqual(left, right);
        } catch {
          equal = false;
        }
        // Minus zero is zero in JSON text.
        if (equal) assert.equal(canonicalJson(left), canonicalJson(right));
      }),
      { numRuns: 300 },
    );
    const reversed = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, inner]) => [name, reversed(inner)]),
          )
        : value;
    const text = definition({ tags: { b: '1', a: '2' } });
    assert.equal(freezeRequest(JSON.stringify(reversed(JSON.parse(text)))).hash, freezeRequest(text).hash);
  });
});

describe('the estimate', () => {
  const bucket = (classifiableBytes?: number, compressedBytes?: number): BucketMatch => ({
    accountId: '1',
    name: 'b',
    classifiableBytes,
    compressedBytes,
  });

  test('compressed bytes count three times, never more of them than can be analyzed', () => {
    assert.deepEqual(estimate([bucket(100), bucket(100, 40), bucket(100, 500), bucket()], 50), {
      total: 100 + (60 + 120) + 300,
      analyzed: 290,
      known: 3,
      unknown: 1,
    });
  });

  test('words', () => {
    assert.equal(formatBytes(0), '0 bytes');
    assert.equal(formatBytes(1536), '1.5 KB');
    assert.equal(formatBytes(940 * GB), '940 GB');
    assert.equal(formatBytes(1024 * GB), '1 TB');
    assert.equal(formatPrice(1234.5 * GB, 1), 'USD 1,234.50');
    assert.equal(formatPrice(1, 1), 'less than USD 0.01');
    assert.equal(formatPrice(0, 1), 'USD 0.00');
  });
});

describe('the preflight', () => {
  /** A session of which each call does as told; what is not told answers well. */
  function sessionWith(calls: Partial<MacieSession>): MacieSession {
    const well: Partial<MacieSession> = {
      target: { source: { kind: 'environment' }, region: 'eu-west-1' },
      macieStatus: async () => 'ENABLED',
      customDataIdentifiers: async (ids) => ids.map((id) => ({ id, state: 'ok' })),
      allowLists: async (ids) => ids.map((id) => ({ id, state: 'ok' })),
      managedDataIdentifiers: async () => ['NAME'],
      bucketsMatching: async () => ({ buckets: [], more: false }),
      bucketsNamed: async (names) => names.map((name) => ({ accountId: CALLER.account, name, classifiableBytes: GB })),
      hasResultsBucket: async () => true,
      quota: async () => ({ limitTerabytes: 5, met: false }),
      jobsNamed: async () => [],
    };
    return { ...well, ...calls } as MacieSession;
  }

  const facts = (more: Record<string, unknown> = {}) => checkForSubmission(analyzeText(definition(more))).facts;
  const held = () => Object.assign(new FastClock(), { held: true });
  const partOf = ({ parts }: Preflight, title: string) => parts.find((part) => part.title === title)!;

  test('a part that does not answer reads "not known" after ten seconds, and stops no other', async () => {
    const limits: (() => void)[] = [];
    const clock: Clock = {
      now: () => new Date(),
      wait: (milliseconds) => {
        assert.equal(milliseconds, 10_000);
        return new Promise((resolve) => limits.push(resolve));
      },
    };
    let aborted = false;
    const session = sessionWith({
      quota: (signal) =>
        new Promise(() => {
          signal?.addEventListener('abort', () => {
            aborted = true;
          });
        }),
      hasResultsBucket: async () => {
        throw Object.assign(new Error('x'), {
          name: 'AwsError',
          problem: {
            ...ownProblem('No.', 'Ask.'),
            code: 'access-denied',
            action: 'macie2:GetClassificationExportConfiguration',
          },
        });
      },
    });
    const looking = preflight(session, CALLER, facts(), clock);
    // Answered parts are done before the limits end.
    await new Promise((resolve) => setImmediate(resolve));
    for (const end of limits) end();
    const result = await looking;
    assert.equal(partOf(result, 'Monthly quota').state, 'unknown');
    assert.match(partOf(result, 'Monthly quota').lines[0]!.text, /no answer within 10 seconds/);
    assert.equal(aborted, true);
    assert.equal(partOf(result, 'Bucket for results').missingAction, 'macie2:GetClassificationExportConfiguration');
    assert.equal(partOf(result, 'Macie in this Region').state, 'fine');
    assert.equal(partOf(result, 'Buckets').state, 'fine');
    assert.equal(result.estimate?.total, GB);
    const report = composeReport(planOf(definition(), { preflight: result }), freezeRequest(definition()));
    assert.match(report, /These credentials lack: ` macie2:GetClassificationExportConfiguration `/);
  });

  test('what is missing, deleted, broken, foreign or too many is noted', async () => {
    const session = sessionWith({
      macieStatus: async () => 'PAUSED',
      customDataIdentifiers: async () => [
        { id: 'a', state: 'missing' },
        { id: 'b', name: 'Old', state: 'deleted' },
      ],
      allowLists: async () =>
        Array.from({ length: 6 }, (_, index) => ({
          id: `list${index}`,
          state: index === 0 ? ('broken' as const) : ('ok' as const),
          status: index === 0 ? 'S3_OBJECT_ACCESS_DENIED' : 'OK',
          kind: 'regex' as const,
        })),
      managedDataIdentifiers: async () => ['NAME'],
      bucketsNamed: async () => [{ accountId: '999999999999', name: 'moved', errorCode: 'ACCESS_DENIED' }],
      hasResultsBucket: async () => false,
      quota: async () => ({ limitTerabytes: 5, met: true }),
    });
    const given = {
      ...facts(),
      customDataIdentifierIds: ['a', 'b'],
      allowListIds: ['list0'],
      managedDataIdentifierIds: ['NAME', 'NMAE'],
      bucketNames: [
        { accountId: CALLER.account, name: 'moved' },
        { accountId: '444455556666', name: 'gone' },
      ],
    };
    const result = await preflight(session, CALLER, given, held());
    const told = result.parts
      .flatMap(({ lines }) => lines.map(({ text, values }) => `${text} ${values.join()}`))
      .join('\n');
    for (const expected of [
      /suspended/,
      /Not in this account and Region.* a/,
      /Deleted.*Old \(b\)/,
      /S3_OBJECT_ACCESS_DENIED/,
      /6 lists with a regular expression/,
      /no identifier of this name.*NMAE/,
      /cannot read 1 bucket.*moved/,
      /does not know 1 bucket.*gone/,
      /in another account than the file says.*moved/,
      /Macie administrator alone.*gone/,
      /No bucket for discovery results/,
      /quota of 5 TB is used up/,
    ]) {
      assert.match(told, expected);
    }
  });

  test('criteria go to AWS unchanged, and what they match is counted', async () => {
    const bucketCriteria = { excludes: { and: [{ tagCriterion: { comparator: 'EQ', tagValues: [{ key: 'x' }] } }] } };
    let asked: unknown;
    const session = sessionWith({
      bucketsMatching: async (criteria, options) => {
        asked = [criteria, options?.limit];
        const buckets = Array.from({ length: 500 }, (_, index) => ({
          accountId: String(index % 7),
          name: `b${index}`,
          classifiableBytes: GB,
        }));
        return { buckets, more: true };
      },
    });
    const result = await preflight(session, CALLER, facts({ s3JobDefinition: { bucketCriteria } }), held());
    assert.deepEqual(asked, [bucketCriteria, 500]);
    assert.equal(
      partOf(result, 'Buckets').lines[0]!.text,
      'At least 500 buckets of 7 accounts match the criteria today.',
    );
    assert.equal(result.moreBuckets, true);
  });

  test('the user’s cancel ends all of it', async () => {
    const controller = new AbortController();
    const session = sessionWith({ quota: () => new Promise(() => {}) });
    const looking = preflight(session, CALLER, facts(), held(), controller.signal);
    controller.abort();
    await assert.rejects(looking, Cancelled);
  });
});

test('the policy statement holds what AWS named, and nothing where it cannot help', () => {
  const denied = { ...ownProblem('', ''), action: 'macie2:CreateClassificationJob' };
  assert.deepEqual(JSON.parse(policyStatement({ ...denied, resource: 'arn:aws:macie2:*:*:classification-job/*' })!), {
    Effect: 'Allow',
    Action: 'macie2:CreateClassificationJob',
    Resource: 'arn:aws:macie2:*:*:classification-job/*',
  });
  assert.equal(JSON.parse(policyStatement({ ...denied, resource: 'x\ny' })!).Resource, '*');
  assert.equal(policyStatement({ ...denied, explicitDeny: true }), undefined);
  assert.equal(policyStatement({ ...denied, action: 'rm -rf' }), undefined);
});
