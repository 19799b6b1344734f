import * as vscode from "vscode";

export function activate(context: vscode.ExtensionContext): void {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor(document, panel) {
      const dist = vscode.Uri.joinPath(context.extensionUri, "dist");
      panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
      const asset = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
      const policy = `default-src 'none'; script-src ${panel.webview.cspSource}; style-src ${panel.webview.cspSource}`;
      panel.webview.html = `<!doctype html><html lang="${vscode.env.language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="${asset("webview.css")}"></head>
<body><main id="app"></main><script src="${asset("webview.js")}"></script></body></html>`;
      panel.title = document.uri.path.split("/").at(-1) ?? "";
    },
  };
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider("smbLens.capture", provider, { supportsMultipleEditorsPerDocument: true }),
  );
}
