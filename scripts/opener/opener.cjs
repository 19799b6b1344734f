// `npm start` over VS Code's server: a file named in the address is opened before the server's extensions are known, and stays in VS Code's
// "binary file" page. So it is opened from here, where they are known.
const vscode = require("vscode");

exports.activate = async () => {
  const capture = process.env.SMB_LENS_OPEN;
  if (capture) await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(capture), "smbLens.capture");
};
