/** One end of a TCP connection. `address` is written as RFC 5952 does (IPv4 dotted). */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** `192.0.2.1:445`, `[2001:db8::1]:445`. */
export function formatEndpoint(endpoint: Endpoint): string {
  return endpoint.address.includes(":") ? `[${endpoint.address}]:${endpoint.port}` : `${endpoint.address}:${endpoint.port}`;
}
