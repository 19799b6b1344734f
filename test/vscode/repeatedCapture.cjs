// Captures as large as wanted, made of one: its frames again and again, each time from another client.

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET = 14;

/** A little-endian Ethernet pcap of IPv4 and TCP without its file header, as if the conversation were of client number `client`. */
function conversationOf(pcap, client) {
  const bytes = Buffer.from(pcap.subarray(FILE_HEADER));
  for (let at = 0; at < bytes.length; at += RECORD_HEADER + bytes.readUInt32LE(at + 8)) renameClient(bytes, at + RECORD_HEADER, client);
  return bytes;
}

function renameClient(bytes, frame, client) {
  const ip = frame + ETHERNET;
  const tcp = ip + 4 * (bytes[ip] & 15);
  const isFromServer = bytes.readUInt16BE(tcp) === 445;
  bytes.writeUInt16BE(1024 + (client % 60_000), tcp + (isFromServer ? 2 : 0));
  bytes.writeUInt16BE(client >> 8, ip + (isFromServer ? 16 : 12) + 2);
}

/** The same capture `times` times over, from as many clients. */
function repeatedCapture(pcap, times) {
  return Buffer.concat([pcap.subarray(0, FILE_HEADER), ...Array.from({ length: times }, (_, client) => conversationOf(pcap, client))]);
}

module.exports = { conversationOf, repeatedCapture };
