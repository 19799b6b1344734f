/*
 * Core's door: what hosts may use. Everything behind it is pure TypeScript without vscode, Node or a page.
 */
export { type AnalyseOptions, type AnalyseProgress, analyse, type BegunConnection } from "./analyse.ts";
export { type ByteSource, memorySource } from "./bytes/byteSource.ts";
export type { CancelSignal } from "./bytes/cancelSignal.ts";
export { hex, hex64, hexBytes, spacedHex } from "./bytes/hex.ts";
export type { PackedFormat, PackedTrouble, Packing } from "./bytes/packing.ts";
export { escapeForDisplay } from "./bytes/text.ts";
export type { CaptureInterface } from "./capture/captureInterface.ts";
export type * from "./capture/captureNotes.ts";
export type { CaptureFormat } from "./capture/captureParser.ts";
export { detectFormat } from "./capture/detectFormat.ts";
export { FATAL_ISSUES, type Issue, type IssueKind } from "./capture/issue.ts";
export type * from "./compare/captureComparison.ts";
export { isChanged } from "./compare/captureComparison.ts";
export { type AnalysedCapture, type CompareOptions, compareCaptures } from "./compareCaptures.ts";
export type { Capture } from "./model/capture.ts";
export { type Channel, type ChannelGroup, type ChannelSource, channelsOf } from "./model/channels.ts";
export type { Connection, NegotiateSummary, Outcome, SessionSummary, ValidationSummary } from "./model/connection.ts";
export type * from "./model/connectionFacts.ts";
export type { DetailMessage } from "./model/detailMessage.ts";
export type * from "./model/exchange.ts";
export {
  checkMessageIds,
  type MessageIdCheck,
  type MessageIdSource,
  type MessageIdTrouble,
  type UnknownWindow,
} from "./model/exchanges/checkMessageIds.ts";
export { exchangeStatistics } from "./model/exchanges/exchangeStatistics.ts";
export { type ExchangeSource, toExchanges } from "./model/exchanges/toExchanges.ts";
export { formatGuid, type Guid, sameGuid } from "./model/guid.ts";
export { readExtent } from "./model/readExtent.ts";
export { type Endpoint, formatEndpoint } from "./net/endpoint.ts";
export { MESSAGE_LIMIT, type ReadConnectionsOptions, readConnections } from "./readConnections.ts";
export { type ReadMessagesOptions, readMessages } from "./readMessages.ts";
export { type AboutRow, captureAbout } from "./report/captureAbout.ts";
export { type ComparedNames, comparisonJson } from "./report/comparisonJson.ts";
export { comparisonText } from "./report/comparisonText.ts";
export { protectionText, userText } from "./report/connectionTexts.ts";
export { evidencePaths } from "./report/evidencePlaces.ts";
export { fieldIssueText } from "./report/fieldIssueText.ts";
export { isList } from "./report/fieldLine.ts";
export { type FieldRelation, type FieldRelations, relateFields, relationKey } from "./report/fieldRelations.ts";
export { formatNames } from "./report/formatNames.ts";
export { type IssueText, issueSentence, issueText } from "./report/issueText.ts";
export { type KnownFormat, knownFormat } from "./report/knownFormats.ts";
export { linkTypeName } from "./report/linkTypeName.ts";
export { networkNote } from "./report/networkNote.ts";
export {
  formatClock,
  formatClockSeconds,
  formatCount,
  formatInstant,
  formatSeconds,
  formatSpan,
  percentRead,
} from "./report/quantities.ts";
export type { ReportSubject } from "./report/reportSubject.ts";
export { type RulePage, rulePage } from "./report/rulePage.ts";
export { rulePageMarkdown } from "./report/rulePageMarkdown.ts";
export { ruleListText, ruleText, ruleValues } from "./report/rulesText.ts";
export { capturePlatform, furtherSentence, storySentences } from "./report/storyText.ts";
export { hidesFailure } from "./report/suppressedText.ts";
export type {
  TextTrace,
  TraceFold,
  TraceMessage,
  TracePair,
  TracePlace,
  TraceProblem,
  TraceSpan,
  TraceSymbol,
} from "./report/textTrace.ts";
export { jsonCapture, jsonReportEnd, jsonReportStart, toJson } from "./report/toJson.ts";
export { toMarkdown } from "./report/toMarkdown.ts";
export { toMessagesTsv } from "./report/toMessagesTsv.ts";
export { toFieldJson, toFieldText, toMessageTree, toMessageTreeJson } from "./report/toMessageTree.ts";
export { TOOL } from "./report/tool.ts";
export { sarifEnd, sarifRun, sarifStart, toSarif } from "./report/toSarif.ts";
export { toText } from "./report/toText.ts";
export { type TraceSubject, toTextTrace } from "./report/toTextTrace.ts";
export type { Analysis, ConnectionDetail, ConnectionList } from "./rules/analysis.ts";
export { enumeration } from "./rules/enumeration.ts";
export type { Certainty, Evidence, EvidenceRole, Finding, FindingData, Incident, Severity, Verdict } from "./rules/finding.ts";
export { RULES, ruleById } from "./rules/list.ts";
export { countingNegotiate } from "./rules/negotiateOperands.ts";
export { isProtected } from "./rules/protection.ts";
export { reasonLabel, reasonText } from "./rules/reasons.ts";
export {
  isRemedyId,
  type PlatformId,
  REMEDIES,
  type Remedy,
  type RemedyId,
  type RemedyKind,
  remedyText,
  type Snippet,
  snippets,
} from "./rules/remedies.ts";
export { type RenderedFinding, renderFinding } from "./rules/renderFinding.ts";
export type { Rule, RuleTexts } from "./rules/rule.ts";
export {
  applyRuleSettings,
  applyRuleSettingsToDetail,
  connectionUnder,
  findingUnder,
  RULE_LEVELS,
  type RuleLevel,
  type RuleSettings,
} from "./rules/ruleSettings.ts";
export { type Story, storyOf } from "./rules/story.ts";
export { validationVerdicts } from "./rules/validateComparison.ts";
export { type AskedInformation, readAskedInformation } from "./smb2/askedInformation.ts";
export type { CapturedMessage } from "./smb2/capturedMessage.ts";
export { commandName } from "./smb2/constants/commands.ts";
export { dialectName } from "./smb2/constants/dialects.ts";
export { fsctlName } from "./smb2/constants/fsctl.ts";
export { GlobalCapabilities, SecurityMode } from "./smb2/constants/negotiateFlags.ts";
export { smb1CommandName } from "./smb2/constants/smb1Commands.ts";
export { describeMessage } from "./smb2/describeMessage.ts";
export type { MessagePart } from "./smb2/messageParts.ts";
export { MOST_PARTS } from "./smb2/messageParts.ts";
export { MessageTable } from "./smb2/messageTable.ts";
export { type FieldKey, type FieldText, fieldText, isFieldKey } from "./spec/fieldTexts.ts";
export type { Language } from "./spec/language.ts";
export { isErrorStatus, ntStatusMeaning, ntStatusName } from "./spec/ntStatus.ts";
export { isSectionId, type SectionId } from "./spec/sections.ts";
export { sectionLabel, sectionParts, sectionTitle, sectionUrl } from "./spec/sectionUrl.ts";
export { type FieldNode, findField } from "./struct/describe.ts";
export { flagNames } from "./struct/flagSet.ts";
