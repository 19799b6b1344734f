import type { Severity } from "../rules/finding.ts";
import type { Language } from "../spec/language.ts";

/** Every word of a rule's page that is not the rule's, a remedy's or an event's own. */
export interface RulePageTexts {
  readonly headings: {
    readonly why: string;
    readonly todo: string;
    readonly example: string;
    readonly remedies: string;
    readonly events: string;
    readonly specification: string;
    readonly settings: string;
  };
  readonly severity: Readonly<Record<Severity, string>>;
  readonly severityLabel: string;
  readonly allRules: string;
  /** Where the example comes from; null: built for the purpose. */
  exampleFrom(capture: string | null): string;
  /** Before what the texts of the example say in frames and values. */
  readonly inExample: string;
  readonly notRun: string;
  readonly noRemedies: string;
  readonly noEvents: string;
  readonly source: string;
  /** Before the lines of a settings file. */
  readonly settings: string;
  readonly index: {
    readonly title: string;
    readonly lead: string;
    readonly rule: string;
    readonly severity: string;
    readonly recognises: string;
    readonly generated: string;
  };
}

const TEXTS: Readonly<Record<Language, RulePageTexts>> = {
  en: {
    headings: {
      why: "Why it matters",
      todo: "What to do",
      example: "Example",
      remedies: "Remedies",
      events: "Events in the Windows logs",
      specification: "Specification",
      settings: "Another severity, or not at all",
    },
    severity: { error: "error", warning: "warning", information: "information" },
    severityLabel: "Severity",
    allRules: "All rules",
    exampleFrom: (capture) => (capture === null ? "From a capture built for the tests:" : `From the capture test/captures/${capture}:`),
    inExample: "Frame numbers and values are those of the example.",
    notRun: "SMB Lens runs none of these commands: they are shown and copied.",
    noRemedies: "There is nothing to set: what to do stands above.",
    noEvents: "No event is documented that goes with this finding.",
    source: "Source",
    settings:
      "Set it in the settings of VS Code under smbLens.rules, or for all who share a folder of captures in a file .smb-lens.json beside them or above; off, information, warning and error are known. Findings that are turned off are counted in every view and report.",
    index: {
      title: "The rules of SMB Lens",
      lead: "Each page says what a rule recognises, why it matters and what to do, with an example from a capture, the remedies with their commands, the events in the Windows logs and the sections of the specification. The same stands in the editor under *Explain*, and `smb-lens rules ID` prints it.",
      rule: "Rule",
      severity: "Severity",
      recognises: "What it recognises",
      generated: "These pages are made from the rules by `npm run rule-pages`; a test fails where they differ.",
    },
  },
  ja: {
    headings: {
      why: "なぜ問題か",
      todo: "対処",
      example: "例",
      remedies: "対処方法",
      events: "Windows のイベント ログ",
      specification: "仕様",
      settings: "重大度の変更と非表示",
    },
    severity: { error: "エラー", warning: "警告", information: "情報" },
    severityLabel: "重大度",
    allRules: "すべてのルール",
    exampleFrom: (capture) => (capture === null ? "テスト用に作成したキャプチャから:" : `キャプチャ test/captures/${capture} から:`),
    inExample: "フレーム番号と値は、下の例のものです。",
    notRun: "SMB Lens はこれらのコマンドを実行しません。表示とコピーだけを行います。",
    noRemedies: "設定するものはありません。対処は上に示したとおりです。",
    noEvents: "この検出に対応するイベントは、文書化されていません。",
    source: "出典",
    settings:
      "VS Code の設定 smbLens.rules で指定します。キャプチャのフォルダーを共有するすべての人に適用する場合は、キャプチャと同じ場所か上のフォルダーのファイル .smb-lens.json に書きます。指定できる値は off、information、warning、error です。off にした検出の件数は、どの画面とレポートにも示します。",
    index: {
      title: "SMB Lens のルール",
      lead: "各ページに、ルールが見つけるもの、問題になる理由、対処を示します。キャプチャの例、対処方法のコマンド、Windows のイベント ログ、仕様の節もあります。同じ内容は、エディターの*説明*と `smb-lens rules ID` でも表示できます。",
      rule: "ルール",
      severity: "重大度",
      recognises: "見つけるもの",
      generated: "これらのページは `npm run rule-pages` でルールから作ります。内容が異なるとテストが失敗します。",
    },
  },
};

export function rulePageTexts(language: Language): RulePageTexts {
  return TEXTS[language];
}
