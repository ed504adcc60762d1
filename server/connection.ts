import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions, FIX_ALL_KIND } from './language/codeActions.js';
import { codeLenses } from './language/codeLens.js';
import { complete } from './language/completion.js';
import { type Analysis, type AnalysisOptions, analysisSteps, analyze, shownSeverity } from './language/diagnostics.js';
import type { JobDocument } from './language/document.js';
import { hover } from './language/hover.js';
import { inlayHints } from './language/inlayHints.js';
import { foldingRanges, formatting, selectionRanges } from './language/layout.js';
import { createJobModel } from './language/model.js';
import { DocumentVersions } from './language/reparse.js';
import { checkForSubmission, locateMembers } from './language/submission.js';
import { summarise } from './language/summary.js';
import { documentSymbols } from './language/symbols.js';
import {
  CHECK_REQUEST,
  type CheckParams,
  type CheckResult,
  DEFAULT_SETTINGS,
  DIAGNOSTIC_SOURCE,
  type InitializationOptions,
  LOCATE_REQUEST,
  type LocateParams,
  type LocateResult,
  type ServerSettings,
  WHAT_WILL_RUN_REQUEST,
  type WhatWillRunParams,
  type WhatWillRunResult,
} from './protocol.js';
import { ruleById, rules } from './rules/index.js';
import type { Finding, Severity } from './rules/rule.js';

/** Milliseconds without a change before problems are pushed to a client that cannot ask for them. */
const PUSH_DELAY = 120;

/** UTF-16 units from which a check may take long enough to let other requests in, before it begins and on the way. */
const PAUSE_LENGTH = 100_000;

/** Milliseconds of work after which a long check lets other requests in. */
const SLICE = 25;

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Serves one client: maps each LSP request to the language service. Returns at once; the connection has to be listened to. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const parsed = new Map<string, DocumentVersions>();
  const analyzed = new Map<string, Analysis>();
  let settings: ServerSettings = DEFAULT_SETTINGS;
  /** Counts the settings' changes: a report made under other settings is not "unchanged". */
  let settingsVersion = 0;
  let client: InitializeParams['capabilities'] = {};
  let options: InitializationOptions = {};

  const analysisOptions = (): AnalysisOptions => ({
    rules,
    now: new Date(),
    onRuleError: (id, error) => connection.console.error(`The rule ${id} failed: ${describeError(error)}`),
  });

  function documentOf(uri: string): JobDocument | undefined {
    const text = documents.get(uri);
    if (!text) return undefined;
    let versions = parsed.get(uri);
    if (!versions) {
      versions = new DocumentVersions();
      parsed.set(uri, versions);
    }
    return versions.read(text);
  }

  function analysisOf(uri: string): Analysis | undefined {
    const document = documentOf(uri);
    if (!document) return undefined;
    let analysis = analyzed.get(uri);
    if (analysis?.document !== document) {
      analysis = analyze(document, analysisOptions());
      analyzed.set(uri, analysis);
    }
    return analysis;
  }

  /** The same, letting other requests in between and giving up when nobody wants the answer any more. */
  async function analysisWithPauses(uri: string, token: CancellationToken): Promise<Analysis | undefined> {
    const pause = async () => {
      await new Promise((resume) => setImmediate(resume));
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    };
    // A newer edit may be waiting behind this request: with it, this version of a long text need not even be parsed.
    await pause();
    const document = documentOf(uri);
    if (!document) return undefined;
    const known = analyzed.get(uri);
    if (known?.document === document) return known;
    const steps = analysisSteps(document, analysisOptions());
    let since = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done) {
        analyzed.set(uri, step.value);
        return step.value;
      }
      if (performance.now() - since < SLICE) continue;
      await pause();
      if (documentOf(uri) !== document) {
        throw new ResponseError(LSPErrorCodes.ServerCancelled, 'The document changed.', { retriggerRequest: true });
      }
      since = performance.now();
    }
  }

  function toDiagnostics({ document, findings }: Analysis): Diagnostic[] {
    const { text } = document;
    const rangeOf = (span: { start: number; end: number }) => ({
      start: text.positionAt(span.start),
      end: text.positionAt(span.end),
    });
    const diagnostic = (finding: Finding, severity: Severity): Diagnostic => ({
      range: rangeOf(finding),
      severity: SEVERITIES[severity],
      source: DIAGNOSTIC_SOURCE,
      code: finding.code,
      codeDescription:
        options.rulePagesUri && ruleById(finding.code)
          ? { href: `${options.rulePagesUri}${finding.code}.md` }
          : undefined,
      message: finding.message,
      tags: finding.unnecessary ? [DiagnosticTag.Unnecessary] : undefined,
      relatedInformation: finding.related?.map((related) => ({
        location: { uri: text.uri, range: rangeOf(related) },
        message: related.message,
      })),
    });
    return findings.flatMap((finding) => {
      const severity = shownSeverity(finding, settings.rules);
      return severity ? [diagnostic(finding, severity)] : [];
    });
  }

  async function readSettings(): Promise<void> {
    if (!client.workspace?.configuration) return;
    const read = (await connection.workspace.getConfiguration('macieJobs')) as Partial<ServerSettings> | null;
    settings = {
      rules: read?.rules ?? DEFAULT_SETTINGS.rules,
      inlayHints: { ...DEFAULT_SETTINGS.inlayHints, ...read?.inlayHints },
      codeLens: { ...DEFAULT_SETTINGS.codeLens, ...read?.codeLens },
    };
    settingsVersion++;
  }

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    options = (params.initializationOptions as InitializationOptions | undefined) ?? {};
    return {
      serverInfo: { name: 'macie-jobs' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: ['"', ':', ' '] },
        hoverProvider: true,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL_KIND],
        },
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        inlayHintProvider: true,
        codeLensProvider: options.commands ? {} : undefined,
        diagnosticProvider: client.textDocument?.diagnostic
          ? { identifier: DIAGNOSTIC_SOURCE, interFileDependencies: false, workspaceDiagnostics: false }
          : undefined,
      },
    };
  });

  connection.onInitialized(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'macieJobs' });
    }
    await readSettings().catch((error) =>
      connection.console.error(`The settings cannot be read: ${describeError(error)}`),
    );
  });

  connection.onDidChangeConfiguration(async () => {
    await readSettings();
    if (client.textDocument?.diagnostic) {
      if (client.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
    } else {
      for (const { uri } of documents.all()) push(uri);
    }
    if (client.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh();
    if (client.workspace?.codeLens?.refreshSupport) connection.sendRequest('workspace/codeLens/refresh');
  });

  // ---- diagnostics: asked for where the client can, else pushed; never both

  connection.languages.diagnostics.on(
    (
      { textDocument: { uri }, previousResultId },
      token,
    ): DocumentDiagnosticReport | Promise<DocumentDiagnosticReport> => {
      const none: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const report = (analysis: Analysis | undefined): DocumentDiagnosticReport => {
        if (!analysis) return none;
        const resultId = `${analysis.document.text.version}-${settingsVersion}-${analysis.now.getTime()}`;
        if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: DocumentDiagnosticReportKind.Full, resultId, items: toDiagnostics(analysis) };
      };
      return guard(() => {
        // A short text is checked in less time than a pause is worth.
        const isLong = (documents.get(uri)?.getText().length ?? 0) > PAUSE_LENGTH;
        return isLong ? analysisWithPauses(uri, token).then(report) : report(analysisOf(uri));
      }, none);
    },
  );

  const pending = new Map<string, NodeJS.Timeout>();
  function push(uri: string): void {
    clearTimeout(pending.get(uri));
    pending.delete(uri);
    const analysis = analysisOf(uri);
    if (analysis)
      connection.sendDiagnostics({
        uri,
        version: analysis.document.text.version,
        diagnostics: toDiagnostics(analysis),
      });
  }

  documents.onDidChangeContent(({ document: { uri } }) => {
    // What was found is of the old tree, which the next version takes over.
    analyzed.delete(uri);
    if (client.textDocument?.diagnostic) return;
    clearTimeout(pending.get(uri));
    pending.set(
      uri,
      setTimeout(() => guard(async () => push(uri), undefined), PUSH_DELAY),
    );
  });

  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(pending.get(uri));
    pending.delete(uri);
    parsed.delete(uri);
    analyzed.delete(uri);
    if (!client.textDocument?.diagnostic) connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  // ---- everything else: a line or two a request

  /** Answers with `fallback` where the service fails: a fault costs one answer, never the server. */
  function guard<T>(answer: () => T | Promise<T>, fallback: T): T | Promise<T> {
    const recover = (error: unknown) => {
      if (error instanceof ResponseError) throw error;
      connection.console.error(describeError(error));
      return fallback;
    };
    try {
      const answered = answer();
      return answered instanceof Promise ? answered.catch(recover) : answered;
    } catch (error) {
      return recover(error);
    }
  }

  function on<T>(uri: string, fallback: T, answer: (document: JobDocument) => T | Promise<T>): T | Promise<T> {
    return guard(() => {
      const document = documentOf(uri);
      return document ? answer(document) : fallback;
    }, fallback);
  }

  connection.onCompletion(({ textDocument, position, context }) =>
    on(textDocument.uri, null, (document) =>
      complete(document, position, {
        snippets: client.textDocument?.completion?.completionItem?.snippetSupport === true,
        now: new Date(),
        typed: context?.triggerCharacter,
      }),
    ),
  );
  connection.onHover(({ textDocument, position }) =>
    on(textDocument.uri, null, (document) => hover(document, position, { now: new Date() })),
  );
  connection.onCodeAction(({ textDocument, range, context }) =>
    guard(() => {
      const analysis = analysisOf(textDocument.uri);
      if (!analysis) return [];
      const commands = options.commands === true;
      const actions = codeActions(analysis, analysisOptions(), range, context, { commands });
      return client.workspace?.workspaceEdit?.documentChanges ? actions : actions.map(withPlainEdit);
    }, []),
  );
  connection.onDocumentSymbol(({ textDocument }) =>
    on(textDocument.uri, [], (document) => documentSymbols(document, createJobModel(document))),
  );
  connection.onFoldingRanges(({ textDocument }) => on(textDocument.uri, [], foldingRanges));
  connection.onSelectionRanges(({ textDocument, positions }) =>
    on(textDocument.uri, [], (document) => selectionRanges(document, positions)),
  );
  connection.onDocumentFormatting(({ textDocument, options: format }) =>
    on(textDocument.uri, [], (document) => formatting(document, undefined, format)),
  );
  connection.onDocumentRangeFormatting(({ textDocument, range, options: format }) =>
    on(textDocument.uri, [], (document) => formatting(document, range, format)),
  );
  connection.languages.inlayHint.on(({ textDocument, range }) =>
    on(textDocument.uri, [], (document) =>
      settings.inlayHints.enabled ? inlayHints(document, createJobModel(document), range) : [],
    ),
  );
  connection.onCodeLens(({ textDocument }) =>
    on(textDocument.uri, [], (document) => (settings.codeLens.enabled ? codeLenses(document) : [])),
  );

  // ---- the extension's own requests

  connection.onRequest(CHECK_REQUEST, ({ uri, version }: CheckParams): CheckResult => {
    const analysis = analysisOf(uri);
    if (!analysis) throw new ResponseError(LSPErrorCodes.RequestFailed, 'The document is not open.');
    if (analysis.document.text.version !== version) {
      throw new ResponseError(LSPErrorCodes.ContentModified, 'The document has changed since.');
    }
    return checkForSubmission(analysis);
  });
  connection.onRequest(WHAT_WILL_RUN_REQUEST, ({ uri }: WhatWillRunParams) =>
    on<WhatWillRunResult>(uri, { sentences: [] }, (document) => ({
      sentences: summarise(createJobModel(document)).map(({ text }) => text),
    })),
  );
  connection.onRequest(LOCATE_REQUEST, ({ uri, members }: LocateParams) =>
    on<LocateResult>(uri, { ranges: members.map(() => null) }, (document) => ({
      ranges: locateMembers(document, members),
    })),
  );

  documents.listen(connection);
}

/** The action's edit without document versions, for clients that know no `documentChanges`. */
function withPlainEdit<T extends { edit?: WorkspaceEdit }>(action: T): T {
  const change = action.edit?.documentChanges?.[0];
  if (!change || !('textDocument' in change)) return action;
  return { ...action, edit: { changes: { [change.textDocument.uri]: change.edits as TextEdit[] } } };
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
