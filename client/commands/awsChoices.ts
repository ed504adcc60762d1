import * as vscode from 'vscode';
import { chooseEndpoint } from '../aws/endpoint.js';
import { chooseCredentials, listProfiles, type ProfileList, type Setting } from '../aws/profiles.js';
import { chooseRegion } from '../aws/region.js';
import { REGION_NAMES } from '../aws/regions.js';
import { readSharedFiles } from '../aws/sharedFiles.js';
import type { AwsModule, AwsTarget, CredentialSource, MacieSession, SessionOptions, Sourced } from '../aws/types.js';
import type { AwsPort } from '../submission/ports.js';

const PROFILE = 'macieJobs.profile';
const REGION = 'macieJobs.region';

/** Which profile, Region and endpoint are in force: this workspace's choice, the settings, the environment, the files. */
export class AwsChoices implements AwsPort, vscode.Disposable {
  readonly regions = Object.keys(REGION_NAMES);
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  /** `loadAws` loads the bundle with the SDK; `userAgent` names this extension to AWS. */
  constructor(
    private readonly workspaceState: vscode.Memento,
    private readonly loadAws: () => Promise<AwsModule>,
    private readonly userAgent: string,
    private readonly environment: NodeJS.ProcessEnv = process.env,
  ) {}

  async profiles(): Promise<ProfileList['profiles']> {
    return (await this.profileList()).profiles;
  }

  profileList(): Promise<ProfileList> {
    return listProfiles(this.environment);
  }

  async profile(): Promise<Sourced<CredentialSource> | undefined> {
    return chooseCredentials({
      choice: this.chosenProfile(),
      setting: setting('profile'),
      environment: this.environment,
    });
  }

  async region(source: CredentialSource): Promise<Sourced<string> | undefined> {
    const { environment } = this;
    const choice = this.chosenRegion();
    const profiles = source.kind === 'profile' ? await this.profiles() : [];
    const profileRegion = profiles.find(({ name }) => source.kind === 'profile' && name === source.name)?.region;
    return chooseRegion({ choice, setting: setting('region'), environment, profileRegion });
  }

  async endpoint(source: CredentialSource): Promise<Sourced<string> | undefined> {
    const files = await readSharedFiles(this.environment);
    return chooseEndpoint({ setting: setting('endpoint'), environment: this.environment, source, files });
  }

  async openSession(target: AwsTarget, options: SessionOptions): Promise<MacieSession> {
    const { openSession } = await this.loadAws();
    return openSession(target, { userAgent: this.userAgent, ...options });
  }

  /** The profile that was picked for this workspace, if any. */
  chosenProfile(): CredentialSource | undefined {
    return this.workspaceState.get<CredentialSource>(PROFILE);
  }

  chosenRegion(): string | undefined {
    return this.workspaceState.get<string>(REGION);
  }

  /** Remembers the pick for this workspace; undefined goes back to the settings. */
  async chooseProfile(source: CredentialSource | undefined): Promise<void> {
    await this.workspaceState.update(PROFILE, source);
    this.changed.fire();
  }

  async chooseRegion(region: string | undefined): Promise<void> {
    await this.workspaceState.update(REGION, region);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** A setting's value that is not empty, and whether the workspace wrote it. */
function setting(name: 'profile' | 'region' | 'endpoint'): Setting | undefined {
  const configuration = vscode.workspace.getConfiguration('macieJobs');
  const value = configuration.get<unknown>(name);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const known = configuration.inspect<string>(name);
  const fromWorkspace = known?.workspaceFolderValue !== undefined || known?.workspaceValue !== undefined;
  return { value: value.trim(), fromWorkspace };
}
