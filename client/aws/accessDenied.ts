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
 * The IAM policy statement to copy for a refused action, as JSON text; undefined where the action is not known or a
 * policy denies it explicitly.
 */
export function policyStatement(problem: AwsProblem): string | undefined {
  if (problem.code !== 'access-denied' || !problem.action || problem.explicitDeny) {
    return undefined;
  }
  return JSON.stringify({ Effect: 'Allow', Action: problem.action, Resource: problem.resource ?? '*' }, undefined, 2);
}
