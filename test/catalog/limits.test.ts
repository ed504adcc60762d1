import assert from 'node:assert/strict';
import { test } from 'node:test';
import schema from '../../schemas/macie-classification-job.schema.json';
import {
  analyzedFileType,
  fileSupport,
  mediaExtensions,
  sizeLimit,
  unlistedBinaryExtensions,
} from '../../server/catalog/fileTypes.js';
import * as quotas from '../../server/catalog/quotas.js';

test('the quotas are those of the schema', () => {
  const { properties } = schema;
  assert.equal(properties.name.maxLength, quotas.maxNameLength);
  assert.equal(properties.description.maxLength, quotas.maxDescriptionLength);
  assert.equal(properties.customDataIdentifierIds.maxItems, quotas.maxCustomDataIdentifiersPerJob);
  assert.equal(properties.allowListIds.maxItems, quotas.maxAllowListsPerJob);
  assert.equal(properties.tags.maxProperties, quotas.maxTagsPerJob);
  assert.equal(properties.tags.propertyNames.maxLength, quotas.maxTagKeyLength);
  assert.equal(properties.tags.additionalProperties.maxLength, quotas.maxTagValueLength);
  assert.equal(quotas.maxTextAllowListsPerJob + quotas.maxRegexAllowListsPerJob, quotas.maxAllowListsPerJob);
});

test('a file type is known by its extension, in any case', () => {
  assert.equal(fileSupport('csv'), 'listed');
  assert.equal(fileSupport('PDF'), 'listed');
  assert.equal(fileSupport('JPG'), 'media');
  assert.equal(fileSupport('7z'), 'unlisted-binary');
  // Text by other names is analyzed too, and SVG is text.
  for (const text of ['log', 'md', 'sql', 'py', 'svg', '']) assert.equal(fileSupport(text), 'unknown');
});

test('no extension is both analyzed and not', () => {
  for (const extension of [...mediaExtensions, ...unlistedBinaryExtensions]) {
    assert.equal(analyzedFileType(extension), undefined, extension);
    assert.ok(!(mediaExtensions.has(extension) && unlistedBinaryExtensions.has(extension)), extension);
  }
});

test('the size limit is that of the file type, or the largest of all', () => {
  assert.equal(sizeLimit('pdf'), 1_073_741_824);
  assert.equal(sizeLimit('xlsx'), 536_870_912);
  assert.equal(sizeLimit('parquet'), 8_589_934_592);
  assert.equal(sizeLimit('csv'), 21_474_836_480);
  assert.equal(sizeLimit('log'), 21_474_836_480);
});
