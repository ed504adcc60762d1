/** Entry of `dist/aws.js`, which is loaded when AWS is first needed. */
import * as session from './session.js';
import type { AwsModule } from './types.js';

export const openSession: AwsModule['openSession'] = (target, options) => session.openSession(target, options);
