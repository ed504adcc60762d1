// What the local Macie endpoint holds when the examples are open: the buckets, identifiers and lists that they name.

const GB = 1024 ** 3;

/**
 * @param {string} accountId
 * @param {string} bucketName
 * @param {number} gigabytes
 * @param {number} objects
 * @param {Record<string, string>} [tags]
 */
function bucket(accountId, bucketName, gigabytes, objects, tags = {}) {
  return {
    accountId,
    bucketName,
    objectCount: objects,
    sizeInBytes: gigabytes * GB,
    sizeInBytesCompressed: 0,
    classifiableObjectCount: objects,
    classifiableSizeInBytes: gigabytes * GB,
    effectivePermission: /** @type {const} */ ('NOT_PUBLIC'),
    sharedAccess: /** @type {const} */ ('NOT_SHARED'),
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}

/** Members of the endpoint's state. */
export const exampleAccount = {
  buckets: [
    bucket('111122223333', 'acme-payroll-exports', 12, 3_400),
    bucket('111122223333', 'acme-payroll-archive', 210, 52_000),
    bucket('444455556666', 'acme-hr-documents', 35, 41_000),
    bucket('111122223333', 'acme-shared-reports', 80, 9_700),
    bucket('111122223333', 'acme-team-drives', 640, 1_200_000),
    bucket('111122223333', 'acme-web-logs', 900, 2_400_000),
    bucket('111122223333', 'acme-crm-exports', 58, 6_100, { DataClass: 'customer' }),
    bucket('444455556666', 'acme-partner-feeds', 17, 830, { DataClass: 'partner' }),
    bucket('111122223333', 'acme-crm-test-data', 4, 900, { DataClass: 'customer' }),
  ],
  customDataIdentifiers: [
    { id: '3f9c2a10-7d4e-4c1b-9a52-0b6f8e1d2c34', name: 'Employee number' },
    { id: 'b81d6e57-20a9-4f3c-8e4d-9c7a51f06e12', name: 'Contract number' },
  ],
  allowLists: [{ id: 'k3v9q0x7m2p8t1z5c6w4ab', name: 'Public office addresses', regex: 'Main Street .*' }],
};
