/** What AWS says of a missing permission, and the policy statement that would give it. */
import type { AwsProblem } from './types.js';

export interface Denial {
  action?: string;
  resource?: string;
  /** True where a policy denies the action: giving the permission elsewhere does not help. */
  explicit: boolean;
}

/**
 * Reads AWS's usual text, "User: ARN is not authorized to perform: ACTION on resource: ARN because ...". What the text
 * does not name is left out.
 */
export function parseDenial(message: string): Denial {
  const [, action] = /not authorized to perform:?\s+([\w-]+:\w+)/i.exec(message) ?? [];
  const [, resource] = /on resource:?\s+"?([^\s"]+)/i.exec(message) ?? [];
  return {
    ...(action ? { action } : {}),
    ...(resource ? { resource: resource.replace(/[.,]$/, '') } : {}),
    explicit: /explicit deny/i.test(message),
  };
}

/**
 * The IAM policy statement that grants what was refused, as JSON text to copy; undefined where AWS named no action, or
 * where a policy denies it explicitly and granting it elsewhere does not help.
 */
export function policyStatement({ action, resource, explicitDeny }: AwsProblem): string | undefined {
  if (explicitDeny || !action || !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) return undefined;
  const target = resource && /^(\*|arn:[\x21-\x7e]+)$/.test(resource) ? resource : '*';
  return JSON.stringify({ Effect: 'Allow', Action: action, Resource: target }, undefined, 2);
}
